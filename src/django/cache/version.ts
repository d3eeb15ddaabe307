/** A hash of the sources, put in by scripts/build.mjs. */
declare const ENGINE_BUILD: string | undefined;

/** Another build may answer otherwise: what it kept is not taken for ours. */
export const ENGINE_VERSION = typeof ENGINE_BUILD === 'string' ? ENGINE_BUILD : 'source';

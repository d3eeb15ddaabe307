export interface Profile {
	readonly folder: string;
	readonly userDataDir: string;
	readonly extensionsDir: string;
	readonly project: string;
	remove(): void;
}
export function makeProfile(settings?: Readonly<Record<string, unknown>>): Profile;
export function makeWorkspace(profile: Profile): string;
export function freePort(): Promise<number>;

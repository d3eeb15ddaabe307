/**
 * The project model: what the static engine knows of a Django project for one settings module.
 * Plain JSON. Lines are 1-based; columns are 0-based UTF-16 units.
 */

/** A place in a file; `file` is an absolute path. */
export interface Place {
	readonly file: string;
	readonly line: number;
	readonly endLine?: number;
	readonly column?: number;
	readonly endColumn?: number;
}

/** Something the engine could not know, or that went wrong: said with its reason at its place, never dropped. */
export interface Problem {
	readonly severity: 'error' | 'warning' | 'information';
	/** A stable word for tests and filters: `unknown-value`, `import-failed`, `syntax`, `budget`, `no-django`, `no-environment`, `cycle`, … */
	readonly code: string;
	readonly message: string;
	readonly place?: Place;
	/** The chain of places that led there, innermost last. */
	readonly trail?: readonly Place[];
}

export interface ProjectModel {
	/** Absolute path of the project's root folder. */
	readonly root: string;
	readonly settingsModule: string;
	readonly settingsFile?: string;
	readonly django?: string;
	readonly python?: string;
	readonly environment: EnvironmentInfo;
	/** Settings worth showing: `ROOT_URLCONF`, `DEBUG`, `LANGUAGE_CODE`, `APPEND_SLASH`, `STATIC_URL`, … */
	readonly settings: readonly SettingInfo[];
	/** Environment variables that the project's code asks for by name, sorted. */
	readonly variables: readonly VariableInfo[];
	/** Codes of `LANGUAGES`, in lower case. */
	readonly languages?: readonly string[];
	readonly middleware: readonly MiddlewareInfo[];
	readonly rootUrlconf?: UrlconfInfo;
	/** The URLconf tree below the root, in match order. */
	readonly urls: readonly UrlEntry[];
	/** URLconfs that a middleware or host pattern sets in place of the root, with the reason. */
	readonly otherRoots: readonly UrlconfRoot[];
	readonly handlers: readonly HandlerInfo[];
	/** What an `if`, or a failed import, leaves out. */
	readonly notMounted: readonly NotMounted[];
	readonly problems: readonly Problem[];
	/**
	 * Absent: what the sources say now. `earlier`: what they said when they were read last; they have changed and are being read
	 * again. `outline`: what stands in the text of the settings and URLconfs, before anything of the URLs was evaluated; what is
	 * not known yet stands there as an unknown entry of the code `reading`.
	 */
	readonly provisional?: 'earlier' | 'outline';
	/**
	 * Nothing could be evaluated, since Django isn't installed where the project's interpreter would look: middleware and URLs are what
	 * the text of settings and URLconfs says, and what can't be told from it are unknown entries of the code `not-evaluated`.
	 */
	readonly textOnly?: true;
}

export interface EnvironmentInfo {
	/** The interpreter or virtual environment that was used, and how it was found. */
	readonly interpreter?: string;
	readonly foundBy?: string;
	readonly sitePackages: readonly string[];
	readonly stdlib?: string;
}

export interface SettingInfo {
	readonly name: string;
	/** Python's repr of the value, bounded; absent when unknown. */
	readonly value?: string;
	readonly unknown?: string;
	readonly place?: Place;
}

/** An environment variable; its value is not told, since it may be a secret. */
export interface VariableInfo {
	readonly name: string;
	/** Whether it had a value when it was asked for first. */
	readonly isSet: boolean;
	/** The project's line that asks first. */
	readonly place?: Place;
}

export interface UrlconfInfo {
	/** Module name, or `<list>` for patterns given in place. */
	readonly name: string;
	readonly file?: string;
}

export interface UrlconfRoot {
	readonly urlconf: UrlconfInfo;
	readonly reason: string;
	readonly place?: Place;
	/** django-hosts: the regular expression of the host's name. */
	readonly hostRegex?: string;
	readonly urls: readonly UrlEntry[];
}

export interface MiddlewareInfo {
	/** Dotted path as in `MIDDLEWARE`. */
	readonly path: string;
	/** Where it is defined, re-exports followed. */
	readonly resolved?: string;
	readonly kind?: 'class' | 'function';
	/** The `class` or `def` line. */
	readonly place?: Place;
	/** The line of the settings module that put it there. */
	readonly settingPlace?: Place;
	readonly hooks: readonly HookInfo[];
	readonly problem?: Problem;
}

export type HookName =
	| '__call__'
	| '__acall__'
	| 'process_request'
	| 'process_view'
	| 'process_exception'
	| 'process_template_response'
	| 'process_response';

export interface HookInfo {
	readonly name: HookName;
	readonly place?: Place;
}

export type PatternKind = 'route' | 'regex' | 'locale_prefix' | 'other';

export interface PatternInfo {
	readonly kind: PatternKind;
	/** `str()` of Django's pattern object. */
	readonly pattern: string;
	/** For kind `other`: `module.Class`. */
	readonly cls?: string;
	/** Converter name by argument: `{ pk: 'int' }`; a class's full name for one that isn't Django's own. */
	readonly converters?: Readonly<Record<string, string>>;
	/** The `regex` of converters that aren't Django's own, by argument; for kind `other` the pattern's whole regex under `''`. */
	readonly converterRegexes?: Readonly<Record<string, string>>;
	/** For kind `locale_prefix`: `i18n_patterns(prefix_default_language=…)`. */
	readonly prefixDefaultLanguage?: boolean;
}

export type UrlEntry = RouteInfo | IncludeInfo | UnknownEntry;

/** A leaf: Django's `URLPattern`. */
export interface RouteInfo {
	readonly type: 'route';
	/** Stable within one model and, where the source did not change, between two. */
	readonly id: string;
	readonly pattern: PatternInfo;
	/** All segments joined, as a person reads the URL: `/blog/<int:pk>/`. */
	readonly fullPath: string;
	/** Every segment from the outermost include to the leaf's own. */
	readonly segments: readonly PatternInfo[];
	readonly namespaces: readonly string[];
	readonly appNames: readonly string[];
	readonly name?: string;
	/** `namespace:name`, as `reverse()` takes it. */
	readonly fullName?: string;
	/** `module.qualname` of what a person calls the view. */
	readonly view?: string;
	/** The view's `def` or `class` line. */
	readonly place?: Place;
	/** Where `path()` is called. */
	readonly site?: Place;
	/** The innermost project line that caused it. */
	readonly projectSite?: Place;
	/** For routers: the `register()` call. */
	readonly registered?: Place;
	/** Extra arguments given in the URLconf, as Python reprs. */
	readonly kwargs?: Readonly<Record<string, string>>;
	/** False for a view of `no_append_slash()`: CommonMiddleware doesn't redirect to it. */
	readonly appendSlash?: false;
	/** Decorators and wrappers, outermost first. */
	readonly wrappers?: readonly string[];
	/** The view that each HTTP method reaches, where they differ (DRF actions, ninja operations). */
	readonly methods?: readonly { readonly method: string; readonly view: string; readonly place?: Place }[];
	readonly problem?: Problem;
}

/** An `include()`: Django's `URLResolver`. */
export interface IncludeInfo {
	readonly type: 'include';
	readonly id: string;
	readonly pattern: PatternInfo;
	readonly namespace?: string;
	readonly appName?: string;
	readonly urlconf: UrlconfInfo;
	readonly site?: Place;
	readonly projectSite?: Place;
	/** Extra arguments given with the include, as Python reprs. */
	readonly kwargs?: Readonly<Record<string, string>>;
	readonly children: readonly UrlEntry[];
	readonly problem?: Problem;
}

/** Something that stands in `urlpatterns` and could not be evaluated. */
export interface UnknownEntry {
	readonly type: 'unknown';
	readonly id: string;
	readonly problem: Problem;
}

export interface HandlerInfo {
	readonly status: 400 | 403 | 404 | 500;
	readonly view: string;
	readonly place?: Place;
	/** Django's own default. */
	readonly default: boolean;
	readonly problem?: Problem;
}

export interface NotMounted {
	/** The condition or the failed import, as written. */
	readonly condition: string;
	readonly place: Place;
	/** What stands there: the text of the `path()` or `include()` call, bounded. */
	readonly text: string;
}

/** A settings module that could be used, best first. */
export interface SettingsCandidate {
	readonly module: string;
	/** Absolute path of the folder that has to be on `sys.path`. */
	readonly root: string;
	/** `manage.py`, `pytest.ini`, `DJANGO_SETTINGS_MODULE`, … */
	readonly source: string;
	/** The settings class that the same file names (`DJANGO_CONFIGURATION`, django-configurations). */
	readonly configuration?: string;
	readonly place?: Place;
}

/** The answer to a dry run: Django's matching of one request, without running anything. */
export interface DryRun {
	readonly method: string;
	readonly path: string;
	/** The language that is active while the path is resolved. */
	readonly language?: string;
	readonly match?: {
		readonly route: RouteInfo;
		readonly args: readonly string[];
		/** Python reprs of the converted values. */
		readonly kwargs: Readonly<Record<string, string>>;
		readonly includes: readonly IncludeInfo[];
		/** The view that this method reaches. */
		readonly view?: string;
		/** The method or function that answers this HTTP method, where it is not the view itself: `get()` of a class, an action of a viewset. */
		readonly handler?: { readonly view: string; readonly place?: Place };
		/** Every method that is answered; absent where that is all of them, or can't be told. */
		readonly allowed?: readonly string[];
	};
	readonly tried: readonly DryRunTried[];
	/** The project could not be evaluated, so that neither a match nor a 404 is known: `problems` say why. */
	readonly unanswered?: true;
	readonly redirect?: { readonly to: string; readonly reason: string };
	readonly problems: readonly Problem[];
}

export interface DryRunTried {
	readonly id: string;
	readonly pattern: PatternInfo;
	readonly depth: number;
	readonly outcome: 'matched' | 'no match' | 'prefix';
	readonly reason?: string;
	readonly site?: Place;
}

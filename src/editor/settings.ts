import { type ConfigurationScope, workspace } from 'vscode';
import { Setting, type SettingName, section } from '../ids';

interface Values {
	readonly [Setting.settingsModule]: string;
	readonly [Setting.interpreter]: string;
	readonly [Setting.environment]: Readonly<Record<string, string>>;
	readonly [Setting.pathMappings]: readonly { readonly remote: string; readonly local: string }[];
	readonly [Setting.codeLens]: boolean;
	readonly [Setting.inlineReplay]: boolean;
	readonly [Setting.ignore]: readonly { readonly path?: string; readonly method?: string; readonly status?: string }[];
	readonly [Setting.secretNames]: readonly string[];
	readonly [Setting.captures]: number;
	readonly [Setting.megabytes]: number;
	readonly [Setting.serverArguments]: readonly string[];
}

/** One of our settings; every one has its default in `package.json`. */
export function setting<K extends SettingName>(name: K, scope?: ConfigurationScope): Values[K] | undefined {
	return workspace.getConfiguration(section, scope).get<Values[K]>(name);
}

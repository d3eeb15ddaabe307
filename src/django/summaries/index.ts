import type { Summary } from '../../python/runtime/native';
import { registrationSummaries } from '../registrations';
import { siteSummaries } from '../sites';
import { setupQuestionSummaries } from '../urls/setupQuestions';
import { appSummaries } from './apps';
import { asgirefSummaries } from './asgiref';
import { choicesSummaries } from './choices';
import { clockSummaries } from './clock';
import { databaseSummaries } from './database';
import { djangoFilterSummaries } from './djangoFilter';
import { includeSummaries } from './include';
import { lookupSummaries } from './lookups';
import { modelCacheSummaries } from './modelCaches';
import { modelSummaries } from './models';
import { ninjaSummaries } from './ninja';
import { pydanticSummaries } from './pydantic';
import { pyucaSummaries } from './pyuca';
import { regexHelperSummaries } from './regexHelper';
import { restFrameworkSummaries } from './restFramework';
import { routerRowSummaries } from './routerRows';
import { startupSummaries } from './startup';
import { translationSummaries } from './translation';
import { unknownTextSummaries } from './unknownText';
import { yamlSummaries } from './yaml';

/** Everything of library code that isn't read from its source, one file a subject or library, each entry with the reason. */
export function summaries(isProject: (path: string) => boolean): Summary[] {
	return [
		...siteSummaries(isProject),
		...registrationSummaries(isProject),
		...appSummaries,
		...asgirefSummaries,
		...choicesSummaries,
		...clockSummaries,
		...databaseSummaries,
		...djangoFilterSummaries,
		...lookupSummaries,
		...includeSummaries,
		...modelCacheSummaries,
		...modelSummaries,
		...ninjaSummaries,
		...pydanticSummaries,
		...pyucaSummaries,
		...regexHelperSummaries,
		...restFrameworkSummaries,
		...routerRowSummaries(isProject),
		...setupQuestionSummaries,
		...startupSummaries,
		...translationSummaries,
		...unknownTextSummaries,
		...yamlSummaries,
	];
}

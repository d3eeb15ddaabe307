import { Worker } from 'node:worker_threads';
import { type JsonPatch, patched } from '../shared/json';
import type { DryRun, ProjectModel } from '../shared/model';
import type { DryRunParams, ProjectsResult, ServerOptions } from '../shared/protocol/server';
import type { FileChange, ProjectEngine } from './engine';

/** One call of the engine, across the threads. */
export type EngineCall =
	| { readonly id: number; readonly method: 'projects'; readonly argument: readonly string[] }
	| { readonly id: number; readonly method: 'model'; readonly argument: string; readonly provisional: boolean }
	| { readonly id: number; readonly method: 'settle'; readonly argument: string }
	| { readonly id: number; readonly method: 'prepare'; readonly argument: readonly [root: string, path: string] }
	| { readonly id: number; readonly method: 'dryRun'; readonly argument: DryRunParams }
	| { readonly method: 'configure'; readonly argument: ServerOptions }
	| { readonly method: 'changed'; readonly argument: readonly FileChange[] };

export type EngineAnswer =
	| { readonly id: number; readonly result: unknown }
	/** A model, as what makes it of the one that was sent before; without a patch it is the same. */
	| { readonly id: number; readonly patch: JsonPatch | undefined }
	/** What can be shown until the answer comes. */
	| { readonly id: number; readonly provisional: ProjectModel }
	| { readonly id: number; readonly error: string };

type Question = EngineCall extends infer Call ? (Call extends { readonly id: number } ? Omit<Call, 'id'> : never) : never;

interface Asker {
	readonly root?: string;
	provisional?(model: ProjectModel): void;
	done(result: unknown): void;
	fail(error: Error): void;
}

/** Python code nests deeper than the default allows. MB. */
const stack = 64;
/** A large project's syntax trees and values. MB. */
const memory = 2048;

/** The engine in a thread of its own, so that an evaluation keeps no question waiting. A thread that dies is started anew. */
export class EngineClient implements ProjectEngine {
	private worker: Worker | undefined;
	private readonly waiting = new Map<number, Asker>();
	/** The models that the thread has sent. */
	private readonly models = new Map<string, unknown>();
	private nextId = 1;
	private options: ServerOptions = {};
	/** Open documents, to be told to a new thread. */
	private readonly texts = new Map<string, FileChange>();

	constructor(private readonly script: string) {}

	configure(options: ServerOptions): void {
		this.options = options;
		this.send({ method: 'configure', argument: options });
	}

	changed(files: readonly FileChange[]): void {
		for (const file of files) {
			if (file.text === undefined) this.texts.delete(file.path);
			else this.texts.set(file.path, file);
		}
		this.send({ method: 'changed', argument: files });
	}

	projects(folders: readonly string[]): Promise<ProjectsResult> {
		return this.ask({ method: 'projects', argument: folders }) as Promise<ProjectsResult>;
	}

	model(root: string, provisional?: (model: ProjectModel) => void): Promise<ProjectModel> {
		const question = { method: 'model', argument: root, provisional: provisional !== undefined } as const;
		return this.ask(question, provisional) as Promise<ProjectModel>;
	}

	settle(root: string): Promise<ProjectModel> {
		return this.ask({ method: 'settle', argument: root }) as Promise<ProjectModel>;
	}

	prepare(root: string, path: string): Promise<boolean> {
		return this.ask({ method: 'prepare', argument: [root, path] }) as Promise<boolean>;
	}

	dryRun(params: DryRunParams): Promise<DryRun> {
		return this.ask({ method: 'dryRun', argument: params }) as Promise<DryRun>;
	}

	private ask(question: Question, provisional?: (model: ProjectModel) => void): Promise<unknown> {
		const id = this.nextId++;
		return new Promise((done, fail) => {
			const root = question.method === 'model' || question.method === 'settle' ? question.argument : undefined;
			this.waiting.set(id, { done, fail, ...(root === undefined ? {} : { root }), ...(provisional ? { provisional } : {}) });
			this.send({ ...question, id } as EngineCall);
		});
	}

	private received(
		answer: Extract<EngineAnswer, { readonly result: unknown } | { readonly patch: unknown }>,
		root: string | undefined,
	): unknown {
		if (root === undefined) return 'result' in answer ? answer.result : undefined;
		const before = this.models.get(root);
		const model = 'result' in answer ? answer.result : answer.patch ? patched(before, answer.patch) : before;
		this.models.set(root, model);
		return model;
	}

	private send(call: EngineCall): void {
		this.thread().postMessage(call);
	}

	private thread(): Worker {
		if (this.worker) return this.worker;
		const worker = new Worker(this.script, { resourceLimits: { stackSizeMb: stack, maxOldGenerationSizeMb: memory } });
		this.worker = worker;
		worker.on('message', (answer: EngineAnswer) => {
			const asker = this.waiting.get(answer.id);
			if ('provisional' in answer) {
				asker?.provisional?.(answer.provisional);
				return;
			}
			this.waiting.delete(answer.id);
			if ('error' in answer) asker?.fail(new Error(answer.error));
			else asker?.done(this.received(answer, asker.root));
		});
		const ended = (reason: string) => {
			if (this.worker !== worker) return;
			this.worker = undefined;
			this.models.clear();
			for (const asker of this.waiting.values()) asker.fail(new Error(reason));
			this.waiting.clear();
		};
		worker.on('error', (error) => ended(error.message));
		worker.on('exit', () => ended('The analysis ended unexpectedly.'));
		worker.postMessage({ method: 'configure', argument: this.options } satisfies EngineCall);
		worker.postMessage({ method: 'changed', argument: [...this.texts.values()] } satisfies EngineCall);
		return worker;
	}
}

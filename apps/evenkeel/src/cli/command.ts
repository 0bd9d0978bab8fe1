import type { ParseArgsConfig } from 'node:util';
import type { App, AppPorts } from '../app.ts';
import type { Chance } from '../kernel/chance.ts';
import type { Config } from '../kernel/config.ts';
import type { Client } from './client.ts';
import type { Output } from './output.ts';

/** 0 done, 1 the checked thing fell short, 2 unusable input or arguments. */
export type ExitCode = 0 | 1 | 2;

export type Options = NonNullable<ParseArgsConfig['options']>;
export type Given = {
  readonly values: Readonly<Record<string, string | boolean | string[] | undefined>>;
  readonly words: readonly string[];
};

export type Surroundings = {
  readonly out: Output;
  readonly config: Config;
  readonly chance: Chance;
  /** Opens a data folder in this process: the configured one, unless another is named. */
  readonly open: (other?: OpenOther) => Promise<App>;
  readonly connect: () => Promise<Client>;
  /** Resolves at the first wish to stop (Ctrl-C, SIGTERM). */
  readonly stopped: Promise<void>;
};

export type OpenOther = Pick<AppPorts, 'isStory' | 'beforeReading' | 'beforeFollowing'> & {
  readonly data?: string;
  readonly chance?: Chance;
};

export type Command = {
  readonly usage: string;
  readonly says: string;
  readonly options: Options;
  readonly run: (given: Given, around: Surroundings) => Promise<ExitCode>;
};

/** Said about arguments that cannot be used; ends with exit code 2. */
export class UsageError extends Error {}

export const JSON_OPTION = { json: { type: 'boolean' } } as const satisfies Options;

export function listOf(value: string | boolean | string[] | undefined): string[] {
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
}
export function textOf(value: string | boolean | string[] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

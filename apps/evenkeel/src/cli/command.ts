import type { App, AppPorts } from '../app.ts';
import type { Chance } from '../kernel/chance.ts';
import type { Config } from '../kernel/config.ts';
import type { Client } from './client.ts';
import type { Output } from './output.ts';

/** 0 done, 1 the checked thing fell short, 2 unusable input or arguments. */
export type ExitCode = 0 | 1 | 2;

/** A flag: how it is parsed, and what `--help` says of it. */
export type Option = {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** What stands for its value in the help, for instance `NAME`. */
  readonly value?: string;
  readonly says: string;
};
export type Options = Readonly<Record<string, Option>>;

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

/** One way to call a command, and what it does. */
export type Form = { readonly usage: string; readonly says: string };

export type Command = {
  readonly forms: readonly Form[];
  readonly options: Options;
  /** How many words may stand beside the flags; more are a mistake, and nothing is done. */
  readonly maxWords: number;
  readonly run: (given: Given, around: Surroundings) => Promise<ExitCode>;
};

/** Said about arguments that cannot be used; ends with exit code 2, and nothing was done. */
export class UsageError extends Error {}

export const JSON_OPTION = {
  json: { type: 'boolean', says: 'print JSON for another program' },
} as const satisfies Options;

export const DATA_OPTION = {
  data: { type: 'string', value: 'DIR', says: 'the folder that holds everything' },
} as const satisfies Options;

export const LISTEN_OPTIONS = {
  port: { type: 'string', value: 'N', says: 'port of the web page; 0 takes any free one' },
  host: { type: 'string', value: 'NAME', says: 'address to listen on' },
  address: { type: 'string', value: 'URL', says: 'https address of your tunnel or proxy, for a phone' },
} as const satisfies Options;

export function listOf(value: string | boolean | string[] | undefined): string[] {
  return Array.isArray(value) ? value : typeof value === 'string' ? [value] : [];
}
export function textOf(value: string | boolean | string[] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

/** @throws UsageError when a zone is named that nobody knows */
export function zoneOf(value: string | boolean | string[] | undefined, flag: string): string | null {
  const zone = textOf(value);
  if (zone === null) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new UsageError(
      `${flag} cannot be "${zone}": no time zone has this name. Write it like Europe/Helsinki`,
    );
  }
}

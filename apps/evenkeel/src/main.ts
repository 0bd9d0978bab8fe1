import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { ZodError } from 'zod';
import type { Command, ExitCode, OpenOther, Surroundings } from './cli/command.ts';
import { UsageError } from './cli/command.ts';
import { streamOutput } from './cli/output.ts';
import type { Chance } from './kernel/chance.ts';
import { type Config, type Given as GivenSettings, readConfig, SETTINGS } from './kernel/config.ts';
import { instantOf } from './kernel/instant.ts';
import { lineLog } from './kernel/log.ts';
import { Halt } from './kernel/outcome.ts';

/** The only reader of clock and randomness. */
const chance: Chance = { now: () => instantOf(Date.now()), bytes: (sizeBytes) => randomBytes(sizeBytes) };
const log = lineLog((line) => process.stderr.write(line));
const out = streamOutput(process.stdout, process.stderr);

/** Each command's code is loaded when it is called. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./cli/serve.ts')).serveCommand,
  demo: async () => (await import('./cli/demo.ts')).demoCommand,
  import: async () => (await import('./cli/import.ts')).importCommand,
  parse: async () => (await import('./cli/parse.ts')).parseCommand,
  search: async () => (await import('./cli/search.ts')).searchCommand,
  bundle: async () => (await import('./cli/bundle.ts')).bundleCommand,
  backup: async () => (await import('./cli/backup.ts')).backupCommand,
  restore: async () => (await import('./cli/restore.ts')).restoreCommand,
  doctor: async () => (await import('./cli/doctor.ts')).doctorCommand,
  log: async () => (await import('./cli/log.ts')).logCommand,
};

/** Commands after which somebody may sign in. */
const PEOPLE: ReadonlySet<string> = new Set(['serve', 'demo', 'restore']);

const GLOBAL = {
  data: { type: 'string' },
  port: { type: 'string' },
  host: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<ExitCode> {
  const [name, ...rest] = argv;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') return help();
  if (name === '--version') return version();
  const load = COMMANDS[name];
  if (!load) return unusable(`There is no command "${name}". "evenkeel --help" lists them.`);
  try {
    const command = await load();
    const { values, positionals } = parseArgs({
      args: rest,
      options: { ...GLOBAL, ...command.options },
      allowPositionals: true,
    });
    if (values.help) return commandHelp(command);
    const config = readConfig(settingsOf(values), process.env);
    return await command.run(
      { values: values as never, words: positionals },
      surroundings(config, PEOPLE.has(name)),
    );
  } catch (error) {
    return explain(error);
  }
}

function settingsOf(values: Readonly<Record<string, unknown>>): GivenSettings {
  const given: GivenSettings = {};
  for (const name of ['data', 'port', 'host'] as const)
    if (typeof values[name] === 'string') given[name] = values[name];
  return given;
}

function surroundings(config: Config, forPeople: boolean): Surroundings {
  const open = async ({ data = config.data, ...other }: OpenOther = {}) =>
    (await import('./app.ts')).openApp({
      chance,
      log,
      say: out.message,
      forPeople,
      ...other,
      config: { ...config, data },
    });
  const stopped = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) if (forPeople) process.once(signal, () => resolve());
  });
  return {
    out,
    config,
    chance,
    open,
    stopped,
    connect: async () => (await import('./cli/client.ts')).connect(config.data, open),
  };
}

/** One clear sentence; what is wrong with the arguments or the input is exit code 2. */
function explain(error: unknown): ExitCode {
  if (error instanceof UsageError || error instanceof Halt) return unusable(error.message);
  if (error instanceof ZodError)
    return unusable(
      `A setting cannot be used: ${error.issues.map((issue) => `${issue.path.join('.')} (${issue.message})`).join(', ')}.`,
    );
  if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
    return unusable(error.message);
  if (error instanceof Error && error.name === 'Refused')
    return unusable(`${error.message}${candidates(error)}`);
  if (error instanceof Error && (error.name === 'LauncherError' || error.name === 'BundleError'))
    return unusable(error.message);
  log('failed', { reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  return 1;
}

function candidates(error: Error): string {
  const list = (error as { params?: { candidates?: readonly string[] } }).params?.candidates;
  return list ? `\n${list.map((one) => `  ${one}`).join('\n')}` : '';
}

function unusable(message: string): ExitCode {
  out.message(message);
  return 2;
}

async function help(): Promise<ExitCode> {
  const commands = await Promise.all(Object.values(COMMANDS).map((load) => load()));
  out.result('evenkeel: the record straight, the reply calm, the boundary kept.\n');
  for (const { usage, says } of commands) out.result(`  evenkeel ${usage}\n      ${says}`);
  out.result('\nSettings (flag, else environment):');
  for (const { env, flag, says } of Object.values(SETTINGS))
    out.result(`  ${(flag ?? '').padEnd(14)} ${env.padEnd(18)} ${says}`);
  out.result('\nExit codes: 0 done, 1 the checked thing fell short, 2 unusable input or arguments.');
  return 0;
}

function commandHelp({ usage, says }: Command): ExitCode {
  out.result(`evenkeel ${usage}\n  ${says}`);
  return 0;
}

async function version(): Promise<ExitCode> {
  out.result((await import('./version.ts')).VERSION);
  return 0;
}

import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import type { AppPorts } from './app.ts';
import type { Command, ExitCode, OpenOther, Surroundings } from './cli/command.ts';
import { UsageError } from './cli/command.ts';
import { explain } from './cli/explain.ts';
import { commandHelpText, helpText } from './cli/help.ts';
import { streamOutput } from './cli/output.ts';
import { type Chance, pooled } from './kernel/chance.ts';
import { type Config, type Given as GivenSettings, readConfig } from './kernel/config.ts';
import { instantOf } from './kernel/instant.ts';
import { type Log, lineLog } from './kernel/log.ts';

// Of its own the heap grows by twice and more before it is collected again: this takes some 100 MB less in an import. Not on the
// command line, where a Node that does not know it would not start.
setFlagsFromString('--heap-growing-percent=60');
// The main thread has its heap; those of the others are as V8 has them unless they ask for room, or a large import would take 50 MB more.
setFlagsFromString('--initial-old-space-size=0');

/** The only reader of clock and randomness. */
const chance: Chance = {
  now: () => instantOf(Date.now()),
  bytes: pooled((sizeBytes) => randomBytes(sizeBytes)),
};
const log = lineLog((line) => process.stderr.write(line));
/** A refusal is said to whoever asked; beside a server's log, once is enough. */
const quietLog: Log = (event, fields) => {
  if (event !== 'request.stopped') log(event, fields);
};
const out = streamOutput(process.stdout, process.stderr);

/** Each command's code is loaded when it is called. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  serve: async () => (await import('./cli/serve.ts')).serveCommand,
  demo: async () => (await import('./cli/demo.ts')).demoCommand,
  import: async () => (await import('./cli/import.ts')).importCommand,
  parse: async () => (await import('./cli/parse.ts')).parseCommand,
  search: async () => (await import('./cli/search.ts')).searchCommand,
  detect: async () => (await import('./cli/detect.ts')).detectCommand,
  draft: async () => (await import('./cli/draft.ts')).draftCommand,
  forecast: async () => (await import('./cli/forecast.ts')).forecastCommand,
  bundle: async () => (await import('./cli/bundle.ts')).bundleCommand,
  hold: async () => (await import('./cli/hold.ts')).holdCommand,
  erase: async () => (await import('./cli/erase.ts')).eraseCommand,
  backup: async () => (await import('./cli/backup.ts')).backupCommand,
  restore: async () => (await import('./cli/restore.ts')).restoreCommand,
  doctor: async () => (await import('./cli/doctor.ts')).doctorCommand,
  log: async () => (await import('./cli/log.ts')).logCommand,
};

/** Commands after which somebody may sign in. */
const PEOPLE: ReadonlySet<string> = new Set(['serve', 'demo', 'restore']);

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
      options: { ...command.options, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    if (values.help) return commandHelp(command);
    if (positionals.length > command.maxWords)
      throw new UsageError(`${name} takes no "${positionals[command.maxWords]}"`);
    const config = readConfig(settingsOf(values), process.env);
    return await command.run(
      { values: values as never, words: positionals },
      surroundings(config, PEOPLE.has(name)),
    );
  } catch (error) {
    const { says, code, trace } = explain(error, name);
    if (trace !== undefined) log('failed', { reason: trace });
    out.message(says);
    return code;
  }
}

function settingsOf(values: Readonly<Record<string, unknown>>): GivenSettings {
  const given: GivenSettings = {};
  for (const name of ['data', 'port', 'host', 'address'] as const)
    if (typeof values[name] === 'string') given[name] = values[name];
  return given;
}

function surroundings(config: Config, forPeople: boolean): Surroundings {
  const open = async ({ data = config.data, ...other }: OpenOther = {}) => {
    const ports: AppPorts = {
      chance,
      log: forPeople ? log : quietLog,
      say: out.message,
      forPeople,
      ...other,
      // The story never goes into a database that holds real records.
      config: { ...config, data, databaseUrl: other.isStory ? null : config.databaseUrl },
    };
    // While the database starts, or is made, the rest of the program is loaded.
    let loading: Promise<typeof import('./app.ts')> | undefined;
    const load = () => {
      loading ??= import('./app.ts');
      return loading;
    };
    const { openGround } = await import('./ground.ts');
    const ground = await openGround(ports, () => void load().catch(() => {}));
    return (await load()).openApp(ports, ground);
  };
  const onSignal = (stop: () => void) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop);
  };
  const stopped = new Promise<void>((resolve) => {
    if (forPeople) onSignal(resolve);
  });
  return {
    out,
    config,
    chance,
    open,
    stopped,
    connect: async () => (await import('./cli/client.ts')).connect(config.data, open, onSignal),
  };
}

function unusable(message: string): ExitCode {
  out.message(message);
  return 2;
}

async function help(): Promise<ExitCode> {
  out.result(helpText(await Promise.all(Object.values(COMMANDS).map((load) => load()))));
  return 0;
}

function commandHelp(command: Command): ExitCode {
  out.result(commandHelpText(command));
  return 0;
}

async function version(): Promise<ExitCode> {
  out.result((await import('./kernel/version.ts')).VERSION);
  return 0;
}

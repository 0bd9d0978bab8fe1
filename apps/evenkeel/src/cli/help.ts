import { SETTINGS } from '../kernel/config.ts';
import type { Command, Option } from './command.ts';

const FLAG_WIDTH = 18;

/** What `evenkeel --help` prints. */
export function helpText(commands: readonly Command[]): string {
  const forms = commands.flatMap(({ forms }) => forms);
  return [
    'evenkeel: the record straight, the reply calm, the boundary kept.',
    '',
    ...forms.flatMap(({ usage, says }) => [`  evenkeel ${usage}`, `      ${says}`]),
    '',
    '"evenkeel COMMAND --help" explains its flags.',
    '',
    'Settings (flag, else environment):',
    ...Object.values(SETTINGS).map(
      ({ env, flag, says }) => `  ${(flag ?? '').padEnd(14)} ${env.padEnd(18)} ${says}`,
    ),
    '',
    'Results are on standard output, progress and messages on standard error.',
    'Exit codes: 0 done, 1 the checked thing fell short, 2 unusable input or arguments.',
  ].join('\n');
}

/** What `evenkeel COMMAND --help` prints. */
export function commandHelpText({ forms, options }: Command): string {
  const flags = Object.entries(options).map(([name, option]) => flagLine(name, option));
  return [
    ...forms.flatMap(({ usage, says }) => [`evenkeel ${usage}`, `  ${says}`]),
    ...(flags.length > 0 ? ['', ...flags] : []),
  ].join('\n');
}

function flagLine(name: string, { value, multiple, says }: Option): string {
  const flag = `--${name}${value ? ` ${value}` : ''}`;
  return `  ${flag.padEnd(FLAG_WIDTH)} ${says}${multiple ? '; may be given several times' : ''}`;
}

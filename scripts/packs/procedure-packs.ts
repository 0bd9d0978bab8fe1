import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sourceWords } from '../../apps/evenkeel/src/modules/procedure/dues.actions.ts';
import { RECORD_FIELDS, ROW_FIELDS } from '../../apps/evenkeel/src/modules/procedure/fields.ts';
import type { Need, Pack, PackStep } from '../../apps/evenkeel/src/modules/procedure/pack.ts';
import { readPack } from '../../apps/evenkeel/src/modules/procedure/pack-reader.ts';
import { readPackFiles } from '../../apps/evenkeel/src/modules/procedure/packs.store.ts';
import { PREDICATES } from '../../apps/evenkeel/src/modules/procedure/predicates.ts';

export type ProcedurePacks = {
  readonly packs: readonly Pack[];
  /** `file:line: reason`, the file from the root of the repository. */
  readonly problems: readonly string[];
};

const FOLDER = 'packs/procedures';

/** Reads and checks every procedure pack that ships. */
export async function readProcedurePacks(root: string): Promise<ProcedurePacks> {
  const names = readdirSync(join(root, FOLDER), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  const read = await Promise.all(
    names.map(async (name) => ({ name, ...readPack(await readPackFiles(join(root, FOLDER, name))) })),
  );
  const problems = read.flatMap(({ name, pack, problems }) => [
    ...problems.map(({ file, line, reason }) => `${FOLDER}/${name}/${file}:${line}: ${reason}`),
    ...(pack && pack.id !== name
      ? [`${FOLDER}/${name}/pack.yaml:1: the folder of ${pack.id} is called ${name}`]
      : []),
  ]);
  return { packs: read.flatMap(({ pack }) => pack ?? []), problems };
}

/** The page that lists every predicate and every field of letters: what packs can ask and what they get. */
export function vocabularyPage(): string {
  return [
    '# Procedures: predicates and fields',
    '',
    'Written by `npm run packs` from the program. Packs combine these and add none.',
    '',
    '## Predicates',
    '',
    'In `needs` and `when`. Without arguments by its name, with them as `{name: [argument]}`.',
    '',
    '| predicate | of | holds when |',
    '| --- | --- | --- |',
    ...Object.entries(PREDICATES).map(
      ([name, { args, many, says }]) => `| \`${name}\` | ${args.join(', ')}${many ? ', …' : ''} | ${says} |`,
    ),
    '',
    '## Fields that the record fills',
    '',
    '| field | what it is |',
    '| --- | --- |',
    ...Object.entries(RECORD_FIELDS).map(
      ([name, { of, says }]) => `| \`{{${name}${of === null ? '' : `:<${of}>`}}}\` | ${says} |`,
    ),
    '',
    '## Fields of a row',
    '',
    '| field | what it is |',
    '| --- | --- |',
    ...Object.entries(ROW_FIELDS).map(([name, says]) => `| \`{{${name}}}\` | ${says} |`),
    '',
  ].join('\n');
}

/** The page of the packs that ship, step by step. */
export function packsPage(packs: readonly Pack[]): string {
  return [
    '# Procedures that ship',
    '',
    `Written by \`npm run packs\` from \`${FOLDER}\`.`,
    '',
    ...packs.flatMap(packSection),
  ].join('\n');
}

function packSection(pack: Pack): readonly string[] {
  return [
    `## ${pack.title.en}`,
    '',
    `\`${pack.id}\`, on: ${pack.subject.join(', ')}. ${pack.verified ? 'Verified.' : '**Unverified.**'} ${pack.about.en}`,
    '',
    ...pack.sources.map((source) => `- Source (${source.kind}): ${sourceWords(source).en}.`),
    '',
    '| step | who | due | needs | leads to |',
    '| --- | --- | --- | --- | --- |',
    ...pack.steps.map((step) => stepRow(step)),
    '',
  ];
}

function stepRow(step: PackStep): string {
  const { title, role, due, needs, next } = step;
  const ways = next.map(({ when, to, end }) => {
    const target = to ?? `end: ${end}`;
    return when.length === 0 ? target : `${target} when ${when.map(needText).join(' and ')}`;
  });
  return `| ${title.en} | ${role} | ${due ? dueText(due) : ''} | ${needs.map(needText).join(', ')} | ${ways.join('; ')} |`;
}

function dueText({ count, unit, from }: NonNullable<PackStep['due']>): string {
  const since = typeof from === 'string' ? from : 'step' in from ? from.step : from.letter;
  return `${count} ${unit} from ${since}`;
}

function needText({ predicate, args }: Need): string {
  return args.length === 0 ? predicate : `${predicate}(${args.join(', ')})`;
}

import {
  ASK_KINDS,
  DRAFT_KINDS,
  type FindingKind,
  INQUIRY_KINDS,
  NOTE_KINDS,
  PROMISE_KINDS,
  RETOLD_KINDS,
  type RuleLang,
  SIGNAL_KINDS,
} from '../finding.ts';
import { GROUNDS, type Ground, type PackRule, type Policy, type Problem } from './pack.ts';

/**
 * A pack as its file holds it.
 *
 * @property document what the YAML says; nothing about it is believed
 * @property lineOf the line (from 1) of the value at a path of keys, or of its nearest parent
 */
export type PackFile = {
  readonly file: string;
  readonly document: unknown;
  readonly lineOf: (path: readonly (string | number)[]) => number;
};

/** What a rule says of itself beside what it does. */
export type Examples = { readonly finds: readonly string[]; readonly ignores: readonly string[] };

/** A file of the right shape; whether its patterns can be read shows when it is compiled. */
export type ReadPack = {
  readonly file: string;
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly blockers: Readonly<Record<string, readonly string[]>>;
  readonly rules: readonly {
    readonly rule: PackRule;
    readonly examples: Examples;
    readonly line: number;
    readonly place: number;
  }[];
  readonly phrases: Readonly<Record<string, string>>;
  readonly policy: readonly Policy[];
  readonly lineOf: PackFile['lineOf'];
};

const KINDS: ReadonlySet<string> = new Set<FindingKind>([
  ...SIGNAL_KINDS,
  ...DRAFT_KINDS,
  ...NOTE_KINDS,
  ...ASK_KINDS,
  ...INQUIRY_KINDS,
  ...PROMISE_KINDS,
  ...RETOLD_KINDS,
]);
const DRAFT: ReadonlySet<string> = new Set(DRAFT_KINDS);
const FILE_KEYS = ['pack', 'version', 'words', 'blockers', 'rules', 'phrases', 'policy'];
const RULE_KEYS =
  'id kind confidence patterns unless when within quote note source finds ignores advice level profile'.split(
    ' ',
  );
const MIN_EXAMPLES = 2;

type Path = readonly (string | number)[];
type Report = (path: Path, reason: string) => void;
type Fields = Readonly<Record<string, unknown>>;

/** Checks the shape of a pack file; every problem is named, and a file with one is left out. */
export function readPackFile(
  file: PackFile,
  lang: RuleLang,
): { pack: ReadPack | null; problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const report: Report = (path, reason) =>
    void problems.push({ file: file.file, line: file.lineOf(path), reason });
  if (!isFields(file.document)) {
    report([], 'a pack is a mapping with pack, version and rules');
    return { pack: null, problems };
  }
  const document = file.document;
  for (const key of Object.keys(document))
    if (!FILE_KEYS.includes(key)) report([key], `${key} is unknown here: ${FILE_KEYS.join(', ')}`);
  if (typeof document.pack !== 'string' || !document.pack.startsWith(`${lang}/`))
    report(['pack'], `pack is ${lang}/<name>`);
  if (document.version !== 1) report(['version'], 'version is 1');
  const pack: ReadPack = {
    file: file.file,
    words: listsAt(document, 'words', report),
    blockers: listsAt(document, 'blockers', report),
    rules: rulesAt(document.rules, file, report),
    phrases: phrasesAt(document.phrases, report),
    policy: policyAt(document.policy, report),
    lineOf: file.lineOf,
  };
  return { pack: problems.length === 0 ? pack : null, problems };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listsAt(document: Fields, key: string, report: Report): Record<string, readonly string[]> {
  const lists: Record<string, readonly string[]> = {};
  const value = document[key] ?? {};
  if (!isFields(value)) {
    report([key], `${key} is a mapping of names to lists`);
    return lists;
  }
  for (const name of Object.keys(value)) {
    if (!/^[\p{L}\d-]+$/u.test(name)) report([key, name], `${name}: a name holds letters, digits and -`);
    lists[name] = stringsAt(value[name], [key, name], report, 1);
  }
  return lists;
}

function stringsAt(value: unknown, path: Path, report: Report, atLeast: number): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  if (list.length < atLeast || (value !== undefined && !Array.isArray(value)))
    report(path, `${path.at(-1)} is a list of at least ${atLeast}`);
  list.forEach((entry, at) => {
    if (!isWritten(entry)) report([...path, at], `entry ${at + 1} is no text; put it in quotation marks`);
  });
  return list.filter(isWritten).map(String);
}

/** YAML reads 24 as a number; as a word it is what was written. `no` and `off` are texts in YAML 1.2. */
function isWritten(value: unknown): boolean {
  return (typeof value === 'string' && value.trim() !== '') || typeof value === 'number';
}

function phrasesAt(value: unknown, report: Report): Record<string, string> {
  if (value === undefined) return {};
  if (!isFields(value)) {
    report(['phrases'], 'phrases is a mapping of keys to texts');
    return {};
  }
  const phrases: Record<string, string> = {};
  for (const [key, text] of Object.entries(value)) {
    if (typeof text !== 'string' || text.trim() === '') report(['phrases', key], `${key} has no text`);
    else phrases[key] = text;
  }
  return phrases;
}

function rulesAt(value: unknown, file: PackFile, report: Report): ReadPack['rules'] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) {
    report(['rules'], 'rules is a list');
    return [];
  }
  return value.map((rule: unknown, at) => ({
    ...ruleAt(rule, ['rules', at], file, report),
    line: file.lineOf(['rules', at]),
    place: at,
  }));
}

function ruleAt(
  value: unknown,
  path: Path,
  { file }: PackFile,
  report: Report,
): { rule: PackRule; examples: Examples } {
  const fields = isFields(value) ? value : {};
  for (const key of Object.keys(fields))
    if (!RULE_KEYS.includes(key))
      report([...path, key], `${key} is unknown in a rule: ${RULE_KEYS.join(', ')}`);
  const text = (key: string): string => {
    const written = fields[key];
    if (typeof written !== 'string' || written.trim() === '') report([...path, key], `a rule needs ${key}`);
    return String(written);
  };
  const choice = <Value extends string>(key: string, values: readonly Value[]): Record<string, Value> => {
    const written = fields[key];
    if (written === undefined) return {};
    const found = values.find((one) => one === written);
    if (!found) report([...path, key], `${key} is one of ${values.join(', ')}`);
    return found ? { [key]: found } : {};
  };
  const list = (key: string, atLeast: number): readonly string[] =>
    stringsAt(fields[key], [...path, key], report, atLeast);
  const optional = (key: string): Record<string, readonly string[]> =>
    fields[key] === undefined ? {} : { [key]: list(key, 0) };
  const id = text('id');
  if (!/^[a-z0-9][a-z0-9.-]*$/.test(id))
    report([...path, 'id'], `${id}: an id holds small letters, digits, . and -`);
  if (!KINDS.has(String(fields.kind))) report([...path, 'kind'], `${String(fields.kind)} is no kind`);
  if (fields.level !== undefined && !DRAFT.has(String(fields.kind)))
    report([...path, 'level'], 'level is for kinds of a draft');
  const rule = {
    id,
    kind: fields.kind as FindingKind,
    confidence: confidenceOf(fields.confidence, path, report),
    patterns: list('patterns', 1),
    ...optional('unless'),
    ...optional('when'),
    ...choice('within', ['sentence', 'message']),
    ...choice('quote', ['match', 'clause', 'sentence']),
    note: text('note'),
    source: text('source'),
    ...(fields.advice === undefined ? {} : { advice: text('advice') }),
    ...choice('level', ['warning', 'note']),
    ...profileOf(fields.profile, path, report),
    file,
  };
  return { rule, examples: { finds: list('finds', MIN_EXAMPLES), ignores: list('ignores', MIN_EXAMPLES) } };
}

function confidenceOf(value: unknown, path: Path, report: Report): number {
  if (typeof value === 'number' && value > 0 && value <= 1) return value;
  report([...path, 'confidence'], 'confidence is a number above 0, at most 1');
  return 0;
}

function profileOf(value: unknown, path: Path, report: Report): { profile?: readonly 'performer'[] } {
  if (value === undefined) return {};
  if (Array.isArray(value) && value.every((one) => one === 'performer')) return { profile: value };
  report([...path, 'profile'], 'profile is a list of performer');
  return {};
}

const POLICY_KEYS = ['kind', 'ground', 'counsel', 'place', 'level', 'advice', 'source'];

function policyAt(value: unknown, report: Report): readonly Policy[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) {
    report(['policy'], 'policy is a list');
    return [];
  }
  return value.flatMap((entry: unknown, at) => {
    const reason = isFields(entry) ? faultOfPolicy(entry) : 'an entry is a mapping';
    if (reason === undefined) return [entry as Policy];
    report(['policy', at], reason);
    return [];
  });
}

function faultOfPolicy({
  kind,
  ground,
  counsel,
  place,
  level,
  advice,
  source,
  ...rest
}: Fields): string | undefined {
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) return `${unknown} is unknown in a policy: ${POLICY_KEYS.join(', ')}`;
  if (!DRAFT.has(String(kind))) return `${String(kind)} is no kind of a draft`;
  if (ground !== undefined && !isListOf(ground, (one) => GROUNDS.includes(one as Ground)))
    return `ground is a list of ${GROUNDS.join(', ')}`;
  if (counsel !== undefined && typeof counsel !== 'boolean') return 'counsel is true or false';
  if (place !== undefined && !isListOf(place, (one) => /^[a-z]{2}(?:-[a-z0-9]{1,3})?$/.test(one)))
    return 'place is a list of codes such as gb or us-ca';
  if (level !== undefined && level !== 'warning' && level !== 'note') return 'level is warning or note';
  if (advice !== undefined && typeof advice !== 'string') return 'advice is the key of a phrase';
  return typeof source === 'string' && source.trim() !== '' ? undefined : 'a policy needs a source';
}

function isListOf(value: unknown, isOne: (one: string) => boolean): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string' && isOne(one));
}

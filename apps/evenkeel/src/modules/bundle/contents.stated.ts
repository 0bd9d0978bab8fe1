import type { OnTheCall } from '../interaction/consent.ts';
import type { ExhibitSource } from '../interaction/detail.actions.ts';
import { BY_PERSON } from '../interaction/late.ts';
import { besideWords } from './beside-words.ts';
import { batesOf } from './bundle.ts';
import type { Gathered } from './gather.actions.ts';

type Plan = {
  readonly gathered: Gathered;
  readonly numbers: ReadonlyMap<string, number>;
  readonly exhibited: ReadonlySet<string>;
};

const BY_HAND =
  'Recorded by hand, not an original: who, when and how long were stated by the person who entered it';

/**
 * What must be known of a record beside its words, one line each: that it is a copy, what a person stated about words
 * recorded by hand, what an export says of it, and which record corrects which. A correction is said on both, whether or
 * not their words are shown.
 */
export function statedOf(plan: Plan, source: ExhibitSource): string[] {
  const isShown = plan.exhibited.has(source.id);
  return [
    ...copyOf(plan, source),
    source.noted ? BY_HAND : '',
    ...(isShown ? notedOf(source) : []),
    ...(isShown ? besideWords(source) : []),
    source.noted?.corrects ? `Corrects ${nameOf(plan, source.noted.corrects)}; both stay` : '',
    ...correctedBy(plan, source).map((id) => `Corrected by ${nameOf(plan, id)}`),
  ].filter((line) => line !== '');
}

function notedOf({ noted }: ExhibitSource): string[] {
  if (!noted) return [];
  const { durationMin, channel, people, consent } = noted;
  return [
    durationMin === null ? '' : `Lasted ${durationMin} min`,
    channel ? `By way of: ${channel}` : '',
    people.length > 0 ? `Taking part: ${people.join(', ')}` : '',
    consent ? `Agreed to the recording: ${consent.on.map(agreementOf).join('; ')}` : '',
  ];
}

function agreementOf({ who, place, agreed }: OnTheCall): string {
  return `${who} (${place ?? 'place not known'}): ${agreed ? 'yes' : 'no'}`;
}

/** Only what a person entered is ever corrected. */
function correctedBy({ gathered: { sources } }: Plan, { id, times }: ExhibitSource): readonly string[] {
  if (times.sent?.source !== BY_PERSON) return [];
  return sources.filter(({ noted }) => noted?.corrects === id).map((source) => source.id);
}

/** A record by its number where it is an exhibit, else by its place in the log. */
function nameOf({ gathered: { sources, recorded }, numbers, exhibited }: Plan, id: string): string {
  const number = exhibited.has(id) ? numbers.get(id) : undefined;
  if (number !== undefined) return batesOf(number);
  const source = sources.find((one) => one.id === id);
  return source
    ? `the record at log entry ${recorded.get(source.recordId)!.index}`
    : 'a record filed elsewhere';
}

/** That what is printed is a copy, and where the record lies that it stands for. */
function copyOf({ gathered: { apart } }: Plan, { id }: ExhibitSource): string[] {
  const copy = apart.copies.get(id);
  if (!copy) return [];
  const { reason, filesTaken } = copy.redaction;
  return [
    `A copy with words taken out; the record itself is log entry ${copy.originalIndex}. Why: ${reason}`,
    filesTaken > 0 ? `Attachments taken out: ${filesTaken}` : '',
  ].filter((line) => line !== '');
}

import type { AttachedFile, ExhibitSource } from '../interaction/detail.actions.ts';
import type { Privilege, PrivilegeKind } from '../interaction/privilege.ts';
import type { SlotId } from '../vault/vault.ts';
import { COPY_TYPE, peopleLeft, type Redaction, type RedactionUse, type Taken } from './redaction.ts';

/** A copy with words taken out, and where the record lies that it stands for. */
export type Copy = { readonly redaction: Redaction; readonly originalIndex: number };

/** What is kept apart from whoever a bundle is for. All by interaction. */
export type Apart = {
  /** Every mark, those that were waived too. */
  readonly privileges: ReadonlyMap<string, Privilege>;
  /** In a bundle the copy stands in the place of the record. */
  readonly copies: ReadonlyMap<string, Copy>;
  /** Words that may stand nowhere in it. */
  readonly taken: Taken;
};

const WHY: Readonly<Record<PrivilegeKind, string>> = {
  counsel: 'privileged: words with counsel',
  preparation: 'privileged: made ready for a dispute',
  'without-prejudice': 'offered without prejudice',
};

/** Why a record stays with us by its mark; null where it has none, or the mark was waived. */
export function markReason({ privileges }: Apart, interaction: string): string | null {
  const mark = privileges.get(interaction);
  return mark && mark.waived === null ? WHY[mark.kind] : null;
}

type Kept = {
  readonly apart: Apart;
  readonly withoutPrejudice: { readonly interactions: ReadonlySet<string> };
};

/** Privileged, or offered without prejudice, and not waived. */
export function staysWithUs({ apart, withoutPrejudice }: Kept, id: string): boolean {
  return withoutPrejudice.interactions.has(id) || markReason(apart, id) !== null;
}

/** The number of a copy is its own; that of the record stays with the record. */
export function numberedAs({ copies }: Apart, { id }: { readonly id: string }): string {
  return copies.get(id)?.redaction.id ?? id;
}

/** One copy for each record: the one made for the client alone where the bundle is for them, else the one for everyone. */
export function copiesFor(
  redactions: readonly Redaction[],
  use: RedactionUse,
): ReadonlyMap<string, Redaction> {
  const usable = redactions.filter((one) => one.use === 'everyone' || one.use === use);
  const byUse = usable.toSorted((a, b) => Number(a.use === 'subject') - Number(b.use === 'subject'));
  return new Map(byUse.map((one) => [one.interactionId, one]));
}

/** The record as its copy shows it: everything downstream sees this, and nothing else of it. */
export function copied(source: ExhibitSource, redaction: Redaction, textLimit: number): ExhibitSource {
  const { subject, words, files, slot, sha256, sizeBytes, people } = redaction;
  const { from, to, cc } = source.participants;
  const left = { from: peopleLeft(from, people), to: peopleLeft(to, people), cc: peopleLeft(cc, people) };
  return {
    ...source,
    ...{ recordId: redaction.recordId as ExhibitSource['recordId'], subject, sha256, sizeBytes },
    ...{ text: words.slice(0, textLimit), slot: slot as SlotId, mediaType: COPY_TYPE, issues: [] },
    participants: { ...left, bcc: [], replyTo: [] },
    attachments: files.map((file) => ({ ...file, contentId: null, nested: false })),
    exported: null,
    noted: source.noted && { ...source.noted, people: [], channel: null, consent: null },
  };
}

/** The attachments that were left in, as files beside the copy. */
export function filesOfCopy({ interactionId, files }: Redaction): readonly AttachedFile[] {
  return files.map((file) => ({ ...file, slot: file.slot as SlotId, role: 'file', interactionId }));
}

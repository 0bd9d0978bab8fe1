import type { Actor } from '../../kernel/brand.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { sha256 } from '../../kernel/sha256.ts';
import { type Book, deciding } from '../ledger/deciding.actions.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import type { Sealer } from '../ledger/sealer.actions.ts';
import { loadParty } from '../party/party.actions.ts';
import type { PartyFact, PartyId } from '../party/party.ts';
import { sourceOfKind } from '../source/source.actions.ts';
import type { SourceFact, SourceId } from '../source/source.ts';
import {
  ATTACH_LIMIT,
  type Attaching,
  type AttachRefusal,
  decideAttaching,
  type FileType,
} from './attached.ts';
import { type ByHand, decideStated, LIVE_CONTAINER, type StatedRefusal, wordsOf } from './by-hand.ts';
import { type Consent, type Consented, type ConsentRefusal, decideConsent } from './consent.ts';
import type { InteractionId, Noted, Origin } from './interaction.ts';
import { type NewPartyRefusal, newPartyFact } from './new-party.actions.ts';
import { isByHand } from './noted.store.ts';
import { readNoted } from './noted.ts';
import { type Places, placesOf, recordingPlaces } from './places.store.ts';
import { type NewItem, prepareRecording, projectRecording } from './recording.actions.ts';

export type { ByHand } from './by-hand.ts';

export type ByHandRefusal =
  | StatedRefusal
  | AttachRefusal
  | ConsentRefusal
  | NewPartyRefusal
  | 'party-unknown'
  | 'correction-unknown'
  | 'correction-of-original';

type Kept = { readonly id: InteractionId };

/**
 * Records by hand what happened: a call, a meeting, a note, a letter handed over. Nobody changes it afterwards; a
 * correction is a record of its own that names it.
 *
 * Refused, and nothing of it kept: times that cannot be, no words at all, an unknown party, files that cannot be kept,
 * a recording without the agreement that the strictest place on the call asks for.
 */
export async function recordByHand(
  ledger: Ledger,
  sealer: Sealer,
  actor: Actor,
  wish: ByHand,
  dataDir: string | null = null,
): Promise<Outcome<Kept, ByHandRefusal>> {
  const places = dataDir === null ? null : (await placesOf(dataDir)).items;
  const subject = `party:${wish.partyIds[0] ?? 'new'}`;
  const kept = await deciding(ledger, actor, subject, (book) => recordByHandIn(ledger, book, wish, places));
  if (kept.ok) await sealer.seal();
  return kept;
}

/**
 * The same as a part of something that is being decided: all of it is committed, or nothing.
 *
 * @param places whose agreement a recording needs where; null for what is shipped
 */
export async function recordByHandIn(
  ledger: Ledger,
  book: Book,
  wish: ByHand,
  places: Places['items'] | null = null,
): Promise<Outcome<Kept, ByHandRefusal>> {
  const stated = decideStated(wish, book.now);
  if (!stated.ok) return stated;
  const files = decideAttaching(wish.attachments);
  if (!files.ok) return files;
  const consent = await consentFor(files.value, wish.consent ?? null, places);
  if (!consent.ok) return consent;
  const correction = await decideCorrecting(ledger, book, wish.corrects ?? null);
  if (!correction.ok) return correction;
  const parties = await partiesOf(ledger, book, wish);
  if (!parties.ok) return parties;
  const id = wish.live?.id ?? (ledger.newId() as InteractionId);
  const item = itemOf(id, wish, files.value, consent.value, parties.value.ids);
  await write(ledger, book, item, parties.value.facts);
  return accept({ id });
}

async function consentFor(
  files: readonly FileType[],
  consent: Consent | null,
  places: Places['items'] | null,
): Promise<Outcome<Consented | null, ConsentRefusal>> {
  if (!files.some(({ isRecording }) => isRecording)) return accept(null);
  return decideConsent(places ?? (await recordingPlaces()), consent);
}

/** Whose agreement a recording needs where, and how much can be attached at all. */
export async function placesForRecordings(dataDir: string) {
  return { ...(await placesOf(dataDir)), limit: ATTACH_LIMIT };
}

/** What came as bytes of its own stands as it came: only what a person entered can be corrected by one. */
async function decideCorrecting(
  { workspaceId }: Ledger,
  { tx }: Book,
  corrects: InteractionId | null,
): Promise<Outcome<null, 'correction-unknown' | 'correction-of-original'>> {
  if (corrects === null) return accept(null);
  const found = await isByHand(tx, workspaceId, corrects);
  if (found === null) return refuse('correction-unknown');
  return found ? accept(null) : refuse('correction-of-original');
}

async function partiesOf(
  ledger: Ledger,
  { tx }: Book,
  wish: ByHand,
): Promise<
  Outcome<{ ids: readonly PartyId[]; facts: readonly PartyFact[] }, NewPartyRefusal | 'party-unknown'>
> {
  const ids = new Set<PartyId>();
  const facts: PartyFact[] = [];
  for (const id of wish.partyIds) {
    if (!(await loadParty(tx, ledger.workspaceId, id))) return refuse('party-unknown');
    ids.add(id);
  }
  for (const named of wish.newParties ?? []) {
    const party = await newPartyFact(ledger, tx, named);
    if (!party.ok) return party;
    ids.add(party.value.id);
    facts.push(...party.value.facts);
  }
  return accept({ ids: [...ids], facts });
}

function itemOf(
  id: InteractionId,
  wish: ByHand,
  files: readonly (Attaching & FileType)[],
  consent: Consented | null,
  parties: readonly PartyId[],
): NewItem {
  const { words, parts } = wordsOf(wish);
  const written = Buffer.from(words);
  const { bytes, mediaType } = wish.original ?? { bytes: written, mediaType: 'text/plain; charset=utf-8' };
  const { kind: interactionKind, direction, at, durationMin, channel, people, subject } = wish;
  const noted: Noted = {
    ...{ at, zone: wish.zone ?? null, durationMin, channel, people, subject, parts, consent },
    corrects: wish.corrects ?? null,
  };
  const seen = files.map((file) => ({
    ...file,
    sizeBytes: file.bytes.length,
    sha256: Buffer.from(sha256(file.bytes)).toString('hex'),
  }));
  const about = { id, interactionKind, direction, mediaType };
  return {
    ...about,
    bytes,
    reading: readNoted(bytes, written, { ...noted, ...about, attachments: seen }),
    origin: { run: null, ...placeOf(wish), format: null, start: 0, until: bytes.length },
    exported: null,
    pasted: null,
    byHand: { noted, words: wish.original ? written : null, files },
    parties,
    privilege: wish.privilege ?? null,
    formOf: null,
  };
}

function placeOf({ live }: ByHand): Pick<Origin, 'container' | 'member'> {
  return live ? { container: LIVE_CONTAINER, member: live.session } : { container: 'by hand', member: null };
}

async function write(
  ledger: Ledger,
  book: Book,
  item: NewItem,
  parties: readonly PartyFact[],
): Promise<void> {
  const known = await sourceOfKind(book.tx, ledger.workspaceId, 'by-hand');
  const source = known ?? (ledger.newId() as SourceId);
  const opened: SourceFact = { kind: 'source.opened', id: source, sourceKind: 'by-hand', name: 'by hand' };
  const recording = { source, actor: book.actor, parties, items: [item], facts: known ? [] : [opened] };
  const prepared = await prepareRecording(ledger, recording, book.tx);
  await projectRecording(book.tx, ledger, prepared);
  book.add(prepared.entries);
}

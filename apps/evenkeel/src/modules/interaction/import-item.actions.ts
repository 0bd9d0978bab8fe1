import { type Instant, instantOf, type Stated } from '../../kernel/instant.ts';
import type { Ledger } from '../ledger/ledger.actions.ts';
import { identifierOf, type PartyFact, type PartyId } from '../party/party.ts';
import type { ImportState, ImportWish } from './import-batch.ts';
import { directionOf, type InteractionId } from './interaction.ts';
import { type Addressed, filedUnder, sidesOf } from './picking.ts';
import type { ReadMessage } from './reader.ts';
import { contactFact, type NewItem } from './recording.actions.ts';

/** An item as it is recorded: what it is, where it came from, and under whom it is filed. */
export function newItem(
  ledger: Ledger,
  state: ImportState,
  wish: ImportWish,
  item: ReadMessage,
  id: InteractionId,
  isForm: boolean,
  parties: PartyFact[],
): NewItem {
  const { reading, exported = null } = item;
  const sides = sidesOf(addressedBy(reading));
  const addresses = isForm ? [] : (exported?.parties ?? filedUnder(sides, state) ?? []);
  const isClientsOnly = exported && addresses.length === 0 && !isForm;
  return {
    id,
    bytes: item.bytes,
    reading,
    interactionKind: exported?.kind ?? 'message',
    direction: exported ? exported.direction : directionOf(sides.from, sides.to, state.me),
    origin: {
      run: state.begun.run,
      container: item.name,
      format: item.format === 'export' ? null : item.format,
      member: item.member,
      start: item.start,
      until: item.until,
    },
    mediaType: exported?.mediaType ?? (item.format === 'msg' ? OUTLOOK : 'message/rfc822'),
    exportedAs: exported,
    exported: item.modifiedMs === null ? null : fileTime(item.modifiedMs),
    pasted: null,
    byHand: null,
    parties: item.parties ?? [
      ...new Set(
        addresses.map((address) =>
          partyFor(ledger, state, wish, address, state.nameOf.get(address) ?? null, parties),
        ),
      ),
      ...(isClientsOnly && wish.client ? [wish.client.id] : []),
    ],
    privilege: wish.privilege ?? null,
    formOf: isForm ? id : null,
  };
}

const OUTLOOK = 'application/vnd.ms-outlook';

function fileTime(modifiedMs: number): Stated {
  return {
    at: instantOf(Math.floor(modifiedMs)) as Instant,
    offsetMin: null,
    source: 'file-time',
    certainty: 'guessed',
  };
}

/** The party an address belongs to; a new contact, or the chosen client, when nobody is known by it. */
function partyFor(
  ledger: Ledger,
  state: ImportState,
  wish: ImportWish,
  address: string,
  name: string | null,
  facts: PartyFact[],
): PartyId {
  const known = state.partyOf.get(address);
  if (wish.client && known !== wish.client.id) {
    if (known) return wish.client.id;
    facts.push({
      kind: 'party.identified',
      id: wish.client.id,
      identifiers: [{ ...identifierOf(address, name), confidence: 'seen' }],
    });
    state.partyOf.set(address, wish.client.id);
    return wish.client.id;
  }
  if (known) return known;
  const id = ledger.newId() as PartyId;
  facts.push(contactFact(id, address, name));
  state.partyOf.set(address, id);
  return id;
}

export function addressedBy({ from, participants }: ReadMessage['reading']): Addressed {
  const { to, cc, bcc } = participants;
  return { from, to, cc, bcc };
}

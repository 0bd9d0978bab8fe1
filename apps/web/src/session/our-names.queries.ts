import { queryOptions } from '@tanstack/react-query';
import {
  addOurName,
  getKnownName,
  letPartyKnowName,
  listOurNames,
  retireOurName,
} from '../generated/sdk.gen.ts';
import type { OurNames } from '../generated/types.gen.ts';
import { queries } from '../queries.ts';

export type NameKind = OurNames['names'][number]['kind'];

const ROOM = 'our-names';

export const ourNamesQuery = queryOptions({
  queryKey: [ROOM, 'all'],
  queryFn: ({ signal }) => listOurNames({ signal }),
});

/** By which name a client knows us, and which others they were shown. */
export const knownNameQuery = (party: string) =>
  queryOptions({
    queryKey: [ROOM, 'known', party],
    queryFn: ({ signal }) => getKnownName({ path: { id: party }, signal }),
  });

export async function addName(body: { kind: NameKind; name: string }): Promise<void> {
  await addOurName({ body });
  await queries.invalidateQueries({ queryKey: [ROOM] });
}

export async function retireName(id: string): Promise<void> {
  await retireOurName({ path: { id } });
  await queries.invalidateQueries({ queryKey: [ROOM] });
}

/** @param nameId null for the name of the workspace */
export async function letKnow(party: string, nameId: string | null): Promise<void> {
  await letPartyKnowName({ path: { id: party }, body: { nameId } });
  // Letters and bundles say it too.
  await queries.invalidateQueries();
}

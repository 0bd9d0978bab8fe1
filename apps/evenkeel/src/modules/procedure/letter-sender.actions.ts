import type { WorkspaceId } from '../../kernel/brand.ts';
import type { Db, Tx } from '../../kernel/db.ts';
import { addressTheyUse } from '../interaction/our-address.actions.ts';
import { type Naming, namingFor } from '../party/our-name.actions.ts';
import { foreignNames } from '../party/our-name.ts';

/** As whom we write to a party: the name that they know, and the address that they write to. */
export type Sender = {
  readonly naming: Naming;
  readonly from: { readonly name: string; readonly address: string | null };
};

export async function senderFor(db: Db | Tx, workspaceId: WorkspaceId, party: string): Promise<Sender> {
  const naming = await namingFor(db, workspaceId, party);
  const address = await addressTheyUse(db, workspaceId, party, naming.known?.isChosen !== true);
  return { naming, from: { name: naming.known?.name ?? '', address } };
}

/** Who signs: the person who writes, unless the party is to know us by a stage name, or not by theirs. */
export function authorFor({ naming: { known, ours } }: Sender, name: string): string {
  if (!known) return name;
  return known.kind === 'stage' || foreignNames(name, known, ours).length > 0 ? known.name : name;
}

/** Everything of a letter in which a name could stand: its words, and what the mail says of who sent it. */
export function carriedText(
  { from }: Sender,
  { subject, text }: { readonly subject: string; readonly text: string },
): string {
  return [from.name, from.address ?? '', subject, text].join('\n');
}

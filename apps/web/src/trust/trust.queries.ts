import { queryOptions } from '@tanstack/react-query';
import {
  attachBlockProof,
  chooseHead,
  compareHead,
  getHeadChoice,
  getLogTrust,
  getLogWitnesses,
  rotateLogKey,
  setLogWitnesses,
} from '../generated/sdk.gen.ts';
import { queries } from '../queries.ts';

export const trustQuery = queryOptions({
  queryKey: ['log', 'trust'],
  queryFn: ({ signal }) => getLogTrust({ signal }),
});

export const witnessesQuery = queryOptions({
  queryKey: ['log', 'witnesses'],
  queryFn: ({ signal }) => getLogWitnesses({ signal }),
});

const again = () => queries.invalidateQueries({ queryKey: ['log'] });

export async function nameWitnesses(items: readonly { readonly vkey: string; readonly url: string }[]) {
  await setLogWitnesses({ body: { items: items.map(({ vkey, url }) => ({ vkey, url })) } });
  await again();
}

/** @param files A head exactly as it was stamped, and its proof. */
export async function keepProof({ head, proof }: { readonly head: File; readonly proof: File }) {
  const bytes = new Uint8Array(await proof.arrayBuffer());
  const encoded = btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
  const kept = await attachBlockProof({ body: { checkpoint: await head.text(), proof: encoded } });
  await again();
  return kept;
}

export async function changeKey(because: string) {
  await rotateLogKey({ body: { because } });
  await again();
}

export async function compareKept(file: File) {
  return compareHead({ body: { checkpoint: await file.text() } });
}

export const headChoiceQuery = (partyId: string) =>
  queryOptions({
    queryKey: ['log', 'carried', partyId],
    queryFn: ({ signal }) => getHeadChoice({ path: { id: partyId }, signal }),
  });

export async function chooseHeadFor(partyId: string, carries: boolean) {
  await chooseHead({ path: { id: partyId }, body: { carries } });
  await again();
}

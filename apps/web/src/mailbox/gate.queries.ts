import { queryOptions } from '@tanstack/react-query';
import {
  approveLetter,
  getLetterGate,
  getSendingRules,
  listLettersWaiting,
  sendAllTheSame,
  sendLookedAgain,
  setSendingRules,
  takeLetterBack,
} from '../generated/sdk.gen.ts';
import type { SendingRules } from '../generated/types.gen.ts';
import { queries } from '../queries.ts';

const LOOK_AGAIN_MS = 5000;

export const gateQuery = (id: string, letter: string, confirmed: string | undefined) =>
  queryOptions({
    queryKey: ['gate', id, letter, confirmed ?? ''],
    queryFn: ({ signal }) =>
      getLetterGate({
        path: { id, letter },
        query: confirmed === undefined ? {} : { confirmed },
        signal,
      }),
    // Where no mailbox sends there is no gate.
    retry: false,
  });

export const waitingQuery = queryOptions({
  queryKey: ['waiting'],
  queryFn: async ({ signal }) => (await listLettersWaiting({ signal })).items,
  // It leaves by itself, and others look at it.
  refetchInterval: ({ state }) => ((state.data?.length ?? 0) > 0 ? LOOK_AGAIN_MS : false),
});

export const rulesQuery = queryOptions({
  queryKey: ['sending-rules'],
  queryFn: ({ signal }) => getSendingRules({ signal }),
});

export async function setRules(body: SendingRules): Promise<void> {
  queries.setQueryData(rulesQuery.queryKey, await setSendingRules({ body }));
  await queries.invalidateQueries({ queryKey: ['gate'] });
}

export type WaitAct =
  | { does: 'take-back' | 'look' }
  | { does: 'approve'; sha256: string }
  | { does: 'hurry'; reason: string; forSafety: boolean };

export async function actOn({ id, act }: { id: string; act: WaitAct }): Promise<void> {
  const path = { id };
  try {
    if (act.does === 'approve') await approveLetter({ path, body: { sha256: act.sha256 } });
    else if (act.does === 'hurry')
      await sendAllTheSame({ path, body: { reason: act.reason, forSafety: act.forSafety } });
    else await (act.does === 'look' ? sendLookedAgain({ path }) : takeLetterBack({ path }));
  } finally {
    await queries.invalidateQueries();
  }
}

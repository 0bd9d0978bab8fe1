import { queryOptions } from '@tanstack/react-query';
import {
  addMailbox,
  changeMailbox,
  forgetMailbox,
  getSender,
  listMailboxes,
  listSendings,
  readMailbox,
  sendProcedureLetter,
  settleSending,
  tryMailbox,
} from '../generated/sdk.gen.ts';
import type { ListSendingsResponse } from '../generated/types.gen.ts';
import { queries } from '../queries.ts';

const MAIL = 'mailboxes';
const LOOK_AGAIN_MS = 5000;
const WAITING_MS = 2000;

export const mailboxesQuery = queryOptions({
  queryKey: [MAIL],
  queryFn: async ({ signal }) => (await listMailboxes({ signal })).items,
  // A first reading goes on for a while, and mail comes by itself.
  refetchInterval: LOOK_AGAIN_MS,
});

export const senderQuery = (id: string) =>
  queryOptions({
    queryKey: ['interaction', id, 'sender'],
    queryFn: ({ signal }) => getSender({ path: { id }, signal }),
    retry: false,
  });

export const sendingsQuery = (of: { procedure?: string; interaction?: string }) =>
  queryOptions({
    queryKey: ['sendings', of.procedure ?? '', of.interaction ?? ''],
    queryFn: ({ signal }) => listSendings({ query: of, signal }),
    // A letter that waits leaves by itself.
    refetchInterval: ({ state }) =>
      state.data?.waits.some((wait) => wait.state === 'waiting') ? WAITING_MS : false,
  });

/** The wait that a letter is in, if it is. */
export function waitingOf(sendings: ListSendingsResponse | undefined, letter: string) {
  return sendings?.waits.find((wait) => wait.letter === letter && wait.state === 'waiting');
}

async function renewed<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } finally {
    await queries.invalidateQueries();
  }
}

export type MailboxWish = Parameters<typeof addMailbox>[0]['body'];
export const keepMailbox = ({ id, body }: { id: string | null; body: MailboxWish }) =>
  renewed(id === null ? addMailbox({ body }) : changeMailbox({ path: { id }, body }));
export const tryOut = (body: Parameters<typeof tryMailbox>[0]['body']) => tryMailbox({ body });
export const readNow = (id: string) => renewed(readMailbox({ path: { id } }));
export const forget = (id: string) => renewed(forgetMailbox({ path: { id } }));

export type SendWish = {
  procedureId: string;
  letter: string;
  confirmedNames: string[];
  asksOpened: boolean;
  atOpening: boolean;
};
export const send = ({ procedureId, letter, ...body }: SendWish) =>
  renewed(sendProcedureLetter({ path: { id: procedureId, letter }, body }));
export const settle = ({ id, wasSent }: { id: string; wasSent: boolean }) =>
  renewed(settleSending({ path: { id }, body: { wasSent } }));

import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { Signal, SignalKind } from '../api/shapes.ts';
import {
  applySignalChanges,
  changeLanguageSettings,
  getLanguageSettings,
  getNewSignals,
  getPacks,
  getSignals,
  judgeSignal,
  listRuleSwitches,
  listSignals,
  previewSignalChanges,
  turnRuleOff,
  turnRuleOn,
  unjudgeSignal,
} from '../generated/sdk.gen.ts';
import { queries } from '../queries.ts';

/** The server answers for so many messages at once. */
const ASKED_AT_ONCE = 200;
const PAGE = 100;
const FIRST = '';
const SIGNALS = 'signals';

/** The marked words of one message. */
export const marksQuery = (interactionId: string, party: string | undefined) =>
  queryOptions({
    queryKey: [SIGNALS, 'of', interactionId, party],
    queryFn: async ({ signal }) =>
      (await getSignals({ query: { interactions: interactionId, ...(party ? { party } : {}) }, signal }))
        .items,
  });

/** The marked words of a page of the timeline, by message. */
export const pageMarksQuery = (party: string, interactions: readonly string[]) =>
  queryOptions({
    queryKey: [SIGNALS, 'page', party, interactions[0], interactions.length],
    queryFn: async ({ signal }): Promise<ReadonlyMap<string, Signal[]>> => {
      const { items } = await getSignals({
        query: { interactions: interactions.slice(0, ASKED_AT_ONCE).join(), party },
        signal,
      });
      return Map.groupBy(items, ({ interactionId }) => interactionId);
    },
    staleTime: 60_000,
  });

/** The marked words of a client, newest first. */
export const partySignalsQuery = (id: string, kind: SignalKind | undefined) =>
  infiniteQueryOptions({
    queryKey: [SIGNALS, 'party', id, kind ?? 'all'],
    initialPageParam: FIRST,
    queryFn: ({ pageParam: after, signal }) =>
      listSignals({
        path: { id },
        query: { limit: PAGE, after: after || undefined, ...(kind ? { kinds: kind } : {}) },
        signal,
      }),
    getNextPageParam: (page) => page.next ?? undefined,
  });

export const newSignalsQuery = queryOptions({
  queryKey: [SIGNALS, 'new'],
  queryFn: ({ signal }) => getNewSignals({ signal }),
});

export const changesQuery = queryOptions({
  queryKey: [SIGNALS, 'changes'],
  queryFn: ({ signal }) => previewSignalChanges({ signal }),
});

export const packsQuery = queryOptions({
  queryKey: ['packs'],
  queryFn: ({ signal }) => getPacks({ signal }),
});

export const settingsQuery = queryOptions({
  queryKey: ['language-settings'],
  queryFn: ({ signal }) => getLanguageSettings({ signal }),
});

export const switchesQuery = queryOptions({
  queryKey: ['rule-switches'],
  queryFn: async ({ signal }) => (await listRuleSwitches({ signal })).items,
});

/** Says what a named person thinks of marked words; saying the same again takes it back. */
export async function judge(id: string, verdict: 'confirmed' | 'dismissed' | null): Promise<void> {
  if (verdict) await judgeSignal({ path: { id }, body: { verdict } });
  else await unjudgeSignal({ path: { id } });
  await queries.invalidateQueries({ queryKey: [SIGNALS] });
}

export async function switchRuleOff(rule: string, reason: string, party?: string): Promise<void> {
  await turnRuleOff({ body: { rule, reason, ...(party ? { party } : {}) } });
  await refreshRules();
}

export async function switchRuleOn(id: string): Promise<void> {
  await turnRuleOn({ path: { id } });
  await refreshRules();
}

export async function readAgain(): Promise<void> {
  await applySignalChanges();
  await queries.invalidateQueries({ queryKey: [SIGNALS] });
}

export async function saveSettings(
  settings: Parameters<typeof changeLanguageSettings>[0]['body'],
): Promise<void> {
  await changeLanguageSettings({ body: settings });
  await queries.invalidateQueries({ queryKey: settingsQuery.queryKey });
}

async function refreshRules(): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: switchesQuery.queryKey }),
    queries.invalidateQueries({ queryKey: [SIGNALS] }),
  ]);
}

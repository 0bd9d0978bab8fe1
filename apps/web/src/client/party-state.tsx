import { useQueryClient } from '@tanstack/react-query';
import type { Party, PartyState } from '../api/shapes.ts';
import { toast } from '../shell/toasts.tsx';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { changeParty, partyQuery } from './client.queries.ts';

const STATES: readonly PartyState[] = ['contact', 'prospect', 'client', 'former'];

export function PartyStateChoice({ party }: { party: Party }) {
  const queries = useQueryClient();
  const save = async (state: PartyState) => {
    await changeParty(party.id, { state });
    await Promise.all([
      queries.invalidateQueries({ queryKey: partyQuery(party.id).queryKey }),
      queries.invalidateQueries({ queryKey: ['parties'] }),
    ]);
  };
  const change = async (state: PartyState) => {
    try {
      await save(state);
      toast(
        t('client.stateChanged', { name: party.name, state: t(`state.${state}`) }),
        () => void save(party.state),
      );
    } catch (error) {
      toast(problemWords(error));
    }
  };
  return (
    <select
      className="client-state"
      aria-label={t('client.state')}
      value={party.state}
      onChange={(event) => void change(event.currentTarget.value as PartyState)}
    >
      {STATES.map((state) => (
        <option key={state} value={state}>
          {t(`state.${state}`)}
        </option>
      ))}
    </select>
  );
}

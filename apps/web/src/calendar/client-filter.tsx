import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { partyQuery } from '../client/client.queries.ts';
import { partiesQuery } from '../clients/clients.queries.ts';
import { t } from '../words/t.ts';

const OFFERED = 20;
type Filtering = { party: string | undefined; onParty: (party: string | undefined) => void };

/** Whose dates are shown: everybody's, or those of the client whose name is written. */
export function ClientFilter({ party, onParty }: Filtering) {
  return party ? <Chosen party={party} onParty={onParty} /> : <Choice onParty={onParty} />;
}

function Chosen({ party, onParty }: Filtering & { party: string }) {
  const name = useQuery(partyQuery(party)).data?.name ?? '';
  return (
    <p className="calendar-client">
      {t('calendar.only', { name })}{' '}
      <button type="button" className="link-button" onClick={() => onParty(undefined)}>
        {t('calendar.everybody')}
      </button>
    </p>
  );
}

function Choice({ onParty }: Pick<Filtering, 'onParty'>) {
  const [words, setWords] = useState('');
  const known = useQuery(partiesQuery(words.trim(), OFFERED)).data?.items ?? [];
  const choose = (written: string) => {
    setWords(written);
    const found = known.find(({ name }) => name.toLowerCase() === written.trim().toLowerCase());
    if (found) onParty(found.id);
  };
  return (
    <label className="calendar-client">
      {t('calendar.client')}{' '}
      <input
        type="search"
        list="calendar-known"
        autoComplete="off"
        value={words}
        onChange={(event) => choose(event.currentTarget.value)}
      />
      <datalist id="calendar-known">
        {known.map(({ id, name }) => (
          <option key={id} value={name} />
        ))}
      </datalist>
    </label>
  );
}

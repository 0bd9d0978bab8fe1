import { useQuery } from '@tanstack/react-query';
import { wordsOf } from '../casefile/act.tsx';
import { t } from '../words/t.ts';
import { NamedOutside } from './named-outside.tsx';
import { nameWitnesses, witnessesQuery } from './trust.queries.ts';

/** Who is shown each head, and signs only what goes on from the last one. */
export function WitnessSection() {
  const witnesses = useQuery(witnessesQuery).data?.items;
  if (!witnesses) return null;
  return (
    <section className="section stack" aria-labelledby="trust-witnesses">
      <h2 id="trust-witnesses">{t('trust.witnesses')}</h2>
      <p className="quiet small">{t('trust.witnesses.what')}</p>
      {witnesses.length === 0 && <p>{t('trust.witnesses.none')}</p>}
      <NamedOutside
        items={witnesses}
        name={nameWitnesses}
        addSays={t('trust.witnesses.add')}
        added={(fields) => ({ vkey: wordsOf(fields, 'vkey'), url: wordsOf(fields, 'url') })}
        dropSays={(name) => t('trust.witnesses.drop', { name })}
      >
        <label className="field">
          {t('trust.witnesses.key')}
          <input name="vkey" autoComplete="off" required />
        </label>
        <label className="field">
          {t('time.url')}
          <input name="url" type="url" required />
        </label>
      </NamedOutside>
    </section>
  );
}

import { Act, wordsOf } from '../casefile/act.tsx';
import type { LogTrust } from '../generated/types.gen.ts';
import { useSession } from '../session/session.queries.ts';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { changeKey } from './trust.queries.ts';

/** The key to hand over by another road, and how it came after the ones before it. */
export function KeySection({ trust: { vkey, keyChanges } }: { trust: LogTrust }) {
  const isOwner = useSession().data?.member?.role === 'owner';
  return (
    <section className="section stack" aria-labelledby="trust-key">
      <h2 id="trust-key">{t('trust.key')}</h2>
      <p className="quiet small">{t('trust.key.what')}</p>
      <p>
        <code className="mono trust-key">{vkey}</code>
      </p>
      <ul className={keyChanges.length > 0 ? 'sheet lines' : undefined}>
        {keyChanges.map(({ index, from, because, at }) => (
          <li key={index}>
            {t('trust.key.changed', { index: String(index), when: momentOf(at), because })}
            <br />
            <code className="mono small trust-key">{from}</code>
          </li>
        ))}
      </ul>
      {isOwner && (
        <Act says={t('trust.key.change')} run={(fields) => changeKey(wordsOf(fields, 'because'))}>
          <p className="small">{t('trust.key.means')}</p>
          <label className="field">
            {t('trust.key.because')}
            <input name="because" required />
          </label>
        </Act>
      )}
    </section>
  );
}

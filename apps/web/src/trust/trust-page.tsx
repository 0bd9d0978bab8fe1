import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { LogTrust } from '../generated/types.gen.ts';
import { TimeSection } from '../search/time-section.tsx';
import { PageTitle } from '../shell/page-title.tsx';
import { t } from '../words/t.ts';
import { momentOf } from '../words/when.ts';
import { BlockSection } from './block-section.tsx';
import { KeptSection } from './kept-section.tsx';
import { KeySection } from './key-section.tsx';
import { trustQuery } from './trust.queries.ts';
import { WitnessSection } from './witness-section.tsx';
import './trust.css';

const PROVED = ['bytes', 'order', 'whole', 'later'] as const;
const NOT_PROVED = ['when', 'who', 'true', 'unseen'] as const;
const INSIDER = ['change', 'older', 'anew', 'key', 'late', 'invent'] as const;

/** What the record proves, to whom, and what somebody with this machine could do all the same. */
export function TrustPage() {
  const trust = useQuery(trustQuery).data;
  return (
    <div className="page trust">
      <PageTitle says={t('trust.title')} />
      <header className="page-head">
        <h1>{t('trust.title')}</h1>
        <Link to="/record" className="small">
          {t('record.title')}
        </Link>
      </header>
      {trust ? <Held trust={trust} /> : <p className="quiet">{t('list.loading')}</p>}
      <section className="section" aria-labelledby="trust-proves">
        <h2 id="trust-proves">{t('trust.proves')}</h2>
        <ul className="plain-list">
          {PROVED.map((what) => (
            <li key={what}>{t(`trust.proves.${what}`)}</li>
          ))}
        </ul>
      </section>
      <section className="section" aria-labelledby="trust-not">
        <h2 id="trust-not">{t('trust.not')}</h2>
        <ul className="plain-list">
          {NOT_PROVED.map((what) => (
            <li key={what}>{t(`trust.not.${what}`)}</li>
          ))}
        </ul>
      </section>
      <section className="section" aria-labelledby="trust-insider">
        <h2 id="trust-insider">{t('trust.insider')}</h2>
        <p className="notice">{t('trust.disk')}</p>
        <dl className="trust-table">
          {INSIDER.map((what) => (
            <div key={what}>
              <dt>{t(`trust.could.${what}`)}</dt>
              <dd>{t(`trust.shows.${what}`)}</dd>
            </div>
          ))}
        </dl>
      </section>
      <TimeSection />
      <WitnessSection />
      {trust && <BlockSection blocks={trust.blocks} />}
      <KeptSection />
      {trust && <KeySection trust={trust} />}
    </div>
  );
}

/** How far the record is in the hands of others: up to there it cannot be written anew unseen. */
function Held({ trust: { size, heldOutside, silent, otherHistory } }: { trust: LogTrust }) {
  const open = size - (heldOutside?.size ?? 0);
  return (
    <section className="section stack" aria-labelledby="trust-held">
      <h2 id="trust-held">{t('trust.held')}</h2>
      {heldOutside ? (
        <p>
          {t('trust.held.by', { ...heldOutside, count: heldOutside.size, when: momentOf(heldOutside.at) })}
        </p>
      ) : (
        <p className="notice">{t('trust.held.nobody')}</p>
      )}
      {heldOutside && <p className="quiet">{t('trust.held.open', { count: open })}</p>}
      {silent.map(({ name, since, times }) => (
        <p key={name} className="quiet" role="status">
          {t('trust.silent', { name, when: momentOf(since), count: times })}
        </p>
      ))}
      {otherHistory.map(({ name, size: seen, recordedAt }) => (
        <p key={name + recordedAt} className="notice" role="alert">
          {t('trust.other', { name, count: seen ?? 0, when: momentOf(recordedAt) })}
        </p>
      ))}
    </section>
  );
}

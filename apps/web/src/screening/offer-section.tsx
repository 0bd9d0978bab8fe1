import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ClauseFields } from '../agreement/clause-fields.tsx';
import { blankClause, LANGS, langNow } from '../agreement/clause-words.ts';
import { DoForm } from '../agreement/do-form.tsx';
import type { ClauseWish } from '../agreement/shapes.ts';
import { openFirstOffer } from '../generated/sdk.gen.ts';
import type { FirstOffer } from '../generated/types.gen.ts';
import { named, t } from '../words/t.ts';
import { READER_ZONE } from '../words/when.ts';
import { offerQuery, type Screening } from './screening.queries.ts';

/** The first offer, made of the answers and the decision; changed here, and opened as version 0. */
export function OfferSection({ found }: { found: Screening }) {
  const [lang, setLang] = useState(() => langNow(found.lang));
  const isOpened = found.agreementId !== null;
  const offer = useQuery({ ...offerQuery(found.id, lang), enabled: !isOpened, throwOnError: true });
  if (isOpened)
    return (
      <p className="sheet screening-pad">
        <Link to="/clients/$partyId/agreement" params={{ partyId: found.partyId }}>
          {t('offer0.opened')}
        </Link>
      </p>
    );
  return (
    <section className="sheet">
      <h2 className="answer-head">{t('offer0.title')}</h2>
      <div className="do-form stack">
        <p className="small quiet">{t('offer0.note')}</p>
        <label className="field">
          {t('offer0.lang')}
          <select value={lang} onChange={(event) => setLang(langNow(event.currentTarget.value))}>
            {LANGS.map((one) => (
              <option key={one} value={one}>
                {named('letterLang', one)}
              </option>
            ))}
          </select>
        </label>
      </div>
      {offer.data && <OfferForm key={`${lang} ${offer.dataUpdatedAt}`} found={found} offer={offer.data} />}
    </section>
  );
}

function OfferForm({ found, offer }: { found: Screening; offer: FirstOffer }) {
  const [title, setTitle] = useState(offer.title);
  const [clauses, setClauses] = useState<readonly ClauseWish[]>(offer.clauses);
  const act = () => openFirstOffer({ path: { id: found.id }, body: { title, clauses: [...clauses] } });
  const change = (at: number, clause: ClauseWish) =>
    setClauses((now) => now.map((one, i) => (i === at ? clause : one)));
  return (
    <DoForm says={t('offer0.open')} doneSays={t('offer0.done')} act={act} onDone={() => {}}>
      <label>
        {t('agreement.name')}
        <input value={title} onChange={(event) => setTitle(event.currentTarget.value)} required />
      </label>
      {clauses.map((clause, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a clause that is being written has nothing else to be known by.
        <fieldset key={at} className="do-clause stack">
          <legend className="small">{t('clause.number', { number: at + 1 })}</legend>
          <ClauseFields clause={clause} zone={READER_ZONE} onChange={(next) => change(at, next)} />
          <button
            type="button"
            className="link-button small"
            onClick={() => setClauses((now) => now.filter((_, i) => i !== at))}
          >
            {t('clause.remove')}
          </button>
        </fieldset>
      ))}
      <button
        type="button"
        className="link-button"
        onClick={() => setClauses((now) => [...now, blankClause('other', READER_ZONE)])}
      >
        {t('clause.add')}
      </button>
    </DoForm>
  );
}

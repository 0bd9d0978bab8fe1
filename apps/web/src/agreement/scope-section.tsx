import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { askScope, decideScope, draftOrder } from '../generated/sdk.gen.ts';
import type { ScopeAnswer } from '../generated/types.gen.ts';
import { problemWords } from '../words/problem-words.ts';
import { language, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import { CiteLink } from './cite-picker.tsx';
import { kindSays, LANGS, langNow } from './clause-words.ts';
import { CopyText } from './copy-text.tsx';
import { DoForm } from './do-form.tsx';
import { heldCite } from './held-cite.ts';
import type { Terms } from './shapes.ts';

/** Is this in scope? Clauses that speak of it are shown, and what was decided before; a person decides. */
export function ScopeSection({ partyId, terms }: { partyId: string; terms: Terms }) {
  const held = heldCite.use();
  const [words, setWords] = useState(held?.quote ?? '');
  const asking = useMutation({ mutationFn: () => askScope({ path: { id: partyId }, body: { words } }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (words.trim() !== '') asking.mutate();
  };
  const hasClauses = terms.agreements.some(({ clauses }) => clauses.length > 0);
  if (!hasClauses) return null;
  return (
    <section className="sheet">
      <h2 className="answer-head">{t('scope.title')}</h2>
      <form className="do-form stack" onSubmit={submit}>
        <label>
          {t('scope.asked')}
          <textarea rows={2} value={words} onChange={(event) => setWords(event.currentTarget.value)} />
        </label>
        {held && held.quote !== words && (
          <button type="button" className="link-button small" onClick={() => setWords(held.quote)}>
            {t('cite.held', { words: held.quote.slice(0, 80) })}
          </button>
        )}
        <button type="submit" className="action">
          {t('scope.ask')}
        </button>
        {asking.error && (
          <p className="notice" role="alert">
            {problemWords(asking.error)}
          </p>
        )}
      </form>
      {asking.data && (
        <Answer key={words} partyId={partyId} words={words} answer={asking.data} terms={terms} />
      )}
    </section>
  );
}

type Shown = { partyId: string; words: string; answer: ScopeAnswer; terms: Terms };

function Answer({ partyId, words, answer, terms }: Shown) {
  const [clauseId, setClauseId] = useState(answer.hints[0]?.clause.id ?? '');
  const number = (id: string | null) =>
    terms.agreements.flatMap(({ clauses }) => clauses).find((clause) => clause.id === id)?.number ?? null;
  return (
    <>
      {answer.earlier.length > 0 && (
        <ul>
          {answer.earlier.map((one) => (
            <li key={one.id} className="terms-line small">
              {t('scope.earlier', { date: dateOf(one.at), verdict: t(`scope.is-${one.verdict}`) })}
              {one.clauseId && ` · §${number(one.clauseId)}`} · {one.reason}{' '}
              {one.cite ? <CiteLink partyId={partyId} cite={one.cite} /> : <q>{one.words}</q>}
            </li>
          ))}
        </ul>
      )}
      {answer.hints.length === 0 && <p className="answer-none quiet">{t('scope.noHint')}</p>}
      <ul>
        {answer.hints.map(({ clause, shared, agreedSays }) => (
          <li key={clause.id} className="terms-line">
            <label className="row">
              <input
                type="radio"
                name="scope-clause"
                checked={clause.id === clauseId}
                onChange={() => setClauseId(clause.id)}
              />
              <strong>{t('clause.head', { number: clause.number, kind: kindSays(clause.kind) })}</strong>
              <span className={clause.state === 'agreed' ? 'terms-state' : 'terms-state terms-state-open'}>
                {t(`clause.state-${clause.state}`)}
              </span>
            </label>
            <p className="terms-says">{agreedSays ?? clause.says}</p>
            <p className="small quiet">{t('scope.shared', { words: shared.join(', ') })}</p>
          </li>
        ))}
      </ul>
      <DecisionForm {...{ partyId, words, clauseId }} />
      {clauseId !== '' && <OrderForm key={clauseId} {...{ partyId, words, clauseId }} />}
    </>
  );
}

type Deciding = { partyId: string; words: string; clauseId: string };

function DecisionForm({ partyId, words, clauseId }: Deciding) {
  const [verdict, setVerdict] = useState<'in' | 'out' | 'unclear'>('unclear');
  const [reason, setReason] = useState('');
  const held = heldCite.use();
  const cite = held?.quote === words ? held : null;
  const body = { words, verdict, reason, cite, clauseId: clauseId || null };
  return (
    <DoForm
      says={t('scope.decide')}
      doneSays={t('scope.decided')}
      act={() => decideScope({ path: { id: partyId }, body })}
      onDone={() => setReason('')}
      lacks={reason.trim() === '' ? t('form.reasonNeeded') : null}
    >
      <fieldset className="do-days">
        <legend>{t('scope.verdict')}</legend>
        {(['in', 'out', 'unclear'] as const).map((one) => (
          <label key={one} className="do-check">
            <input
              type="radio"
              name="scope-verdict"
              checked={one === verdict}
              onChange={() => setVerdict(one)}
            />
            {t(`scope.is-${one}`)}
          </label>
        ))}
      </fieldset>
      <label>
        {t('form.reason')}
        <input value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
      </label>
    </DoForm>
  );
}

/** Work outside the scope, offered for a price: a text to copy, which is kept nowhere. */
function OrderForm({ partyId, words, clauseId }: Deciding) {
  const [what, setWhat] = useState(words);
  const [price, setPrice] = useState('');
  const [time, setTime] = useState('');
  const [lang, setLang] = useState(() => langNow(language.get().tag));
  const drafting = useMutation({
    mutationFn: () => draftOrder({ path: { id: partyId }, body: { what, price, time, clauseId, lang } }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    drafting.mutate();
  };
  return (
    <details className="terms-line">
      <summary>{t('scope.order')}</summary>
      <form className="do-form stack" onSubmit={submit}>
        <label>
          {t('scope.what')}
          <textarea rows={2} value={what} onChange={(event) => setWhat(event.currentTarget.value)} />
        </label>
        <div className="do-pair">
          <label>
            {t('scope.price')}
            <input value={price} onChange={(event) => setPrice(event.currentTarget.value)} />
          </label>
          <label>
            {t('scope.time')}
            <input value={time} onChange={(event) => setTime(event.currentTarget.value)} />
          </label>
          <label>
            {t('text.lang')}
            <select value={lang} onChange={(event) => setLang(event.currentTarget.value as typeof lang)}>
              {LANGS.map((one) => (
                <option key={one} value={one}>
                  {t(`text.lang-${one}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
        <button type="submit" className="action">
          {t('scope.draft')}
        </button>
        {drafting.error && (
          <p className="notice" role="alert">
            {problemWords(drafting.error)}
          </p>
        )}
      </form>
      {drafting.data && <CopyText text={drafting.data.text} lang={lang} />}
    </details>
  );
}

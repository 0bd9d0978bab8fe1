import { useState } from 'react';
import { inLang, LANGS, langNow } from '../agreement/clause-words.ts';
import { CopyText } from '../agreement/copy-text.tsx';
import { DoForm } from '../agreement/do-form.tsx';
import { decideBoundaryStep, takeBoundaryStep } from '../generated/sdk.gen.ts';
import { useSession } from '../session/session.queries.ts';
import { language, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import type { Boundary } from './boundary.queries.ts';

type Shown = { partyId: string; boundary: Boundary };
type Lang = Boundary['next']['lang'];

/** What comes next, in the client's language and to the letter; while nothing waits, it only says what it would be. */
export function NextStep({ boundary }: Shown) {
  const { next } = boundary;
  const [lang, setLang] = useState<Lang>(next.lang);
  const [isTaking, setTaking] = useState(false);
  const ours = langNow(language.use().tag);
  const text = next.texts[lang];
  const head = inLang(next.says, ours);
  if (next.breachId === null)
    return <p className="terms-line small quiet">{t('boundary.wouldBe', { next: head })}</p>;
  return (
    <div className="terms-line stack">
      <h3 className="row terms-next">
        {t('boundary.nextIs', { next: head })}
        <LangChoice texts={next.texts} lang={lang} onChoose={setLang} />
      </h3>
      {text && <CopyText text={text} lang={lang} />}
      {next.appeals[lang] && (
        <details>
          <summary className="small">{t('boundary.appeal')}</summary>
          <CopyText text={next.appeals[lang]} lang={lang} />
        </details>
      )}
      {isTaking ? (
        <TakeForm
          key={lang}
          boundary={boundary}
          lang={lang}
          text={text ?? ''}
          onDone={() => setTaking(false)}
        />
      ) : (
        <button type="button" className="action" onClick={() => setTaking(true)}>
          {t('boundary.wasSaid')}
        </button>
      )}
    </div>
  );
}

type Choice = { texts: Boundary['next']['texts']; lang: Lang; onChoose: (lang: Lang) => void };

function LangChoice({ texts, lang, onChoose }: Choice) {
  return (
    <select
      className="client-state"
      aria-label={t('text.lang')}
      value={lang}
      onChange={(event) => onChoose(event.currentTarget.value as Lang)}
    >
      {LANGS.filter((one) => texts[one]).map((one) => (
        <option key={one} value={one}>
          {t(`text.lang-${one}`)}
        </option>
      ))}
    </select>
  );
}

type Taking = { boundary: Boundary; lang: Lang; text: string; onDone: () => void };

/** That it was said or sent: the words, the day of the review, two answers before a restriction, a reason for a skip. */
function TakeForm({ boundary, lang, text, onDone }: Taking) {
  const { id, ladder, next } = boundary;
  const role = useSession().data?.member?.role;
  const [rung, setRung] = useState(next.index);
  const [words, setWords] = useState(text);
  const [reviewOn, setReviewOn] = useState(next.reviewOn);
  const [ownHandling, setOwnHandling] = useState('');
  const [otherWay, setOtherWay] = useState('');
  const [safety, setSafety] = useState('');
  const chosen = ladder.rungs[rung]!;
  const isSkip = rung > next.index;
  const isAsked = chosen.action === 'restriction' || chosen.action === 'end';
  const isSenior = isSkip || isAsked || chosen.action === 'warning';
  const mayNot = isSenior && role === 'agent';
  const body = { rung, lang, words, reviewOn };
  const act = () =>
    isSenior
      ? decideBoundaryStep({
          path: { id },
          body: {
            ...body,
            answers: isAsked ? { ownHandling, otherWay } : null,
            safety: isSkip ? { reason: safety, outsider: null } : null,
          },
        })
      : takeBoundaryStep({ path: { id }, body });
  const isUnanswered = isAsked && (ownHandling.trim() === '' || otherWay.trim() === '');
  const lacks = mayNot
    ? t('boundary.seniorOnly')
    : isSkip && safety.trim() === ''
      ? t('boundary.skipNeeds')
      : isUnanswered
        ? t('boundary.answersNeeded')
        : null;
  return (
    <DoForm
      says={t('boundary.keepStep')}
      doneSays={t('boundary.stepKept', { date: dateOf(reviewOn) })}
      act={act}
      onDone={onDone}
      onCancel={onDone}
      lacks={lacks}
    >
      <label>
        {t('boundary.rung')}
        <select value={rung} onChange={(event) => setRung(Number(event.currentTarget.value))}>
          {ladder.rungs.map((one, at) =>
            at < next.index ? null : (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rungs of a ladder that is set never move.
              <option key={at} value={at}>
                {t(at > next.index ? 'boundary.rungSkip' : 'boundary.rungNext', {
                  number: at + 1,
                  action: t(`boundary.action-${one.action}`),
                })}
              </option>
            ),
          )}
        </select>
      </label>
      {isSkip && (
        <label>
          {t('boundary.safety')}
          <textarea rows={2} value={safety} onChange={(event) => setSafety(event.currentTarget.value)} />
        </label>
      )}
      {isAsked && (
        <>
          <label>
            {t('boundary.ownHandling')}
            <textarea
              rows={2}
              value={ownHandling}
              onChange={(event) => setOwnHandling(event.currentTarget.value)}
            />
          </label>
          <label>
            {t('boundary.otherWay')}
            <textarea
              rows={2}
              value={otherWay}
              onChange={(event) => setOtherWay(event.currentTarget.value)}
            />
          </label>
        </>
      )}
      <label>
        {t('boundary.words')}
        <textarea
          rows={5}
          lang={lang}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </label>
      <label>
        {t('boundary.again')}
        <input type="date" value={reviewOn} onChange={(event) => setReviewOn(event.currentTarget.value)} />
      </label>
    </DoForm>
  );
}

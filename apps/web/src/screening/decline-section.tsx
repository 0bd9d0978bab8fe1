import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { LANGS, langNow } from '../agreement/clause-words.ts';
import { DoForm } from '../agreement/do-form.tsx';
import { declineSent } from '../generated/sdk.gen.ts';
import { localNow, WAYS, type Way, withOffset } from '../paste/paste.ts';
import { DraftCheck } from '../procedure/draft-check.tsx';
import { toast } from '../shell/toasts.tsx';
import { clockNow } from '../words/clock.ts';
import { named, t } from '../words/t.ts';
import { declineQuery, type Screening } from './screening.queries.ts';

/** The no: a letter that says nothing of them, in their language, checked while it is changed, kept when it was sent. */
export function DeclineSection({ found }: { found: Screening }) {
  const [lang, setLang] = useState(() => langNow(found.lang));
  if (found.sentInteractionId !== null)
    return (
      <p className="sheet screening-pad">
        <Link
          to="/clients/$partyId/interactions/$interactionId"
          params={{ partyId: found.partyId, interactionId: found.sentInteractionId }}
        >
          {t('decline.wasSent')}
        </Link>
      </p>
    );
  return (
    <section className="sheet">
      <h2 className="answer-head">{t('decline.title')}</h2>
      <div className="do-form stack">
        <label className="field">
          {t('letter.lang')}
          <select value={lang} onChange={(event) => setLang(langNow(event.currentTarget.value))}>
            {LANGS.map((one) => (
              <option key={one} value={one}>
                {named('letterLang', one)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <Letter key={lang} found={found} lang={lang} />
    </section>
  );
}

function Letter({ found, lang }: { found: Screening; lang: 'en' | 'ru' | 'fi' }) {
  const letter = useQuery({ ...declineQuery(found.id, lang), throwOnError: true }).data;
  const [own, setOwn] = useState<string | null>(null);
  const [at, setAt] = useState(() => localNow(clockNow()));
  const [way, setWay] = useState<Way>('mail');
  if (!letter) return null;
  const text = own ?? letter.text;
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    toast(t('decline.copied'));
  };
  const act = () => declineSent({ path: { id: found.id }, body: { text, at: withOffset(at), way } });
  return (
    <DoForm says={t('decline.sent')} doneSays={t('decline.kept')} act={act} onDone={() => {}}>
      <label className="field">
        {letter.says}
        <textarea
          rows={17}
          lang={lang}
          value={text}
          onChange={(event) => setOwn(event.currentTarget.value)}
        />
      </label>
      <DraftCheck text={text} />
      <div className="row">
        <button type="button" className="action" onClick={() => void copy()}>
          {t('decline.copy')}
        </button>
      </div>
      <p className="small quiet">{t('decline.note')}</p>
      <div className="screening-fields">
        <label className="field">
          {t('decline.when')}
          <input
            type="datetime-local"
            value={at}
            onChange={(event) => setAt(event.currentTarget.value)}
            required
          />
        </label>
        <label className="field">
          {t('paste.way')}
          <select value={way} onChange={(event) => setWay(event.currentTarget.value as Way)}>
            {WAYS.map((one) => (
              <option key={one} value={one}>
                {t(`way.${one}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
    </DoForm>
  );
}

import { useState } from 'react';
import { t } from '../words/t.ts';
import { copied } from './copy.ts';
import { noteDown, turn } from './live.state.ts';
import { LIVE_LANGS, type LiveLang, type Session, TOPICS, type Topic, wordsOfStep } from './note.ts';
import { SelectToCopy } from './select-to-copy.tsx';

type Step = 'reminder' | 'warning';
type Told = { readonly words: string; readonly lang: string; readonly isCopied: boolean };

/** Copies what is to be said, in the viewer's language, and notes that it was. */
export function LimitButtons({ session }: { session: Session }) {
  const [told, setTold] = useState<Told | null>(null);
  const say = async (step: Step) => {
    const found = wordsOfStep(session, step);
    if (!found) return;
    const isCopied = await copied(found.words);
    await noteDown({ text: `${t(`live.said-${step}`)}\n\n${found.words}` });
    setTold({ ...found, isCopied });
  };
  const canSay = (step: Step) => wordsOfStep(session, step) !== null;
  return (
    <div className="live-limits">
      <div className="live-choices small">
        <select
          aria-label={t('live.about')}
          value={session.topic}
          onChange={(event) => void turn({ topic: event.currentTarget.value as Topic })}
        >
          {TOPICS.map((topic) => (
            <option key={topic} value={topic}>
              {t(`live.${topic}`)}
            </option>
          ))}
        </select>
        <select
          aria-label={t('live.lang')}
          value={session.lang}
          onChange={(event) => void turn({ lang: event.currentTarget.value as LiveLang })}
        >
          {LIVE_LANGS.map((lang) => (
            <option key={lang} value={lang}>
              {t(`text.lang-${lang}`)}
            </option>
          ))}
        </select>
      </div>
      <div className="live-pairs">
        {(['reminder', 'warning'] as const).map((step) => (
          <button
            key={step}
            type="button"
            className="live-big live-say"
            disabled={!canSay(step)}
            title={canSay(step) ? undefined : t('live.noTexts')}
            onClick={() => void say(step)}
          >
            {t(`live.say-${step}`)}
          </button>
        ))}
      </div>
      {session.rules === null && <p className="small quiet">{t('live.noTexts')}</p>}
      {told && <SelectToCopy key={told.words} {...told} />}
    </div>
  );
}

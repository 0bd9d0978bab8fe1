import { type FormEvent, useState } from 'react';
import { chooseLanguage, LANGUAGES, nameOfLanguage } from '../words/language.ts';
import { language, t } from '../words/t.ts';
import type { Shown } from './live.state.ts';
import { choose } from './live.state.ts';
import { LiveHead } from './live-head.tsx';
import { Missing } from './missing.tsx';
import { LIVE_LANGS } from './note.ts';
import { keepPage } from './offline.ts';
import { Refused } from './refused.tsx';

/** Whom it is about: a handle that is known, or one that is typed. */
export function StartScreen({ state, onCover }: Shown) {
  const [handle, setHandle] = useState('');
  const lang = LIVE_LANGS.find((one) => one === language.get().tag) ?? 'en';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (handle.trim() !== '') void choose(handle.trim(), lang);
  };
  return (
    <>
      <LiveHead state={state} onCover={onCover}>
        <h1>{t('live.who')}</h1>
      </LiveHead>
      <Missing />
      <Refused state={state} />
      <ul className="live-handles">
        {state.handles.map((one) => (
          <li key={one}>
            <button type="button" className="live-big" onClick={() => void choose(one, lang)}>
              {one}
            </button>
          </li>
        ))}
      </ul>
      <form className="live-foot" onSubmit={submit}>
        <label className="live-field">
          <span>{t('live.handle')}</span>
          <input
            value={handle}
            onChange={(event) => setHandle(event.currentTarget.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={120}
          />
        </label>
        <button type="submit" className="live-big live-main" disabled={handle.trim() === ''}>
          {t('live.begin')}
        </button>
        <Languages />
      </form>
    </>
  );
}

function Languages() {
  const speak = async (tag: string) => {
    await chooseLanguage(tag);
    await keepPage();
  };
  return (
    <p className="live-langs small">
      {LANGUAGES.map((tag) => (
        <button key={tag} type="button" className="link-button" lang={tag} onClick={() => void speak(tag)}>
          {nameOfLanguage(tag)}
        </button>
      ))}
    </p>
  );
}

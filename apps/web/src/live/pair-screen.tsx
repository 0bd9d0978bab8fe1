import { type FormEvent, useEffect, useState } from 'react';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import type { Shown } from './live.state.ts';
import { pair } from './live.state.ts';
import { LiveHead } from './live-head.tsx';
import { Missing } from './missing.tsx';

/** A phone that nobody knows yet: the code that was shown on the other screen. */
export function PairScreen({ state, onCover, onWithout }: Shown & { onWithout: () => void }) {
  const [code, setCode] = useState('');
  const [error, setError] = useState<unknown>(null);
  const enter = (given: string) => pair(given).then(() => setError(null), setError);
  useEffect(() => {
    const given = takeCode();
    if (given) void pair(given).catch(setError);
  }, []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void enter(code);
  };
  return (
    <>
      <LiveHead state={state} onCover={onCover}>
        <h1>{t('live.pair')}</h1>
      </LiveHead>
      <Missing />
      <form className="live-foot" onSubmit={submit}>
        {error !== null && (
          <p className="notice" role="alert">
            {problemWords(error)}
          </p>
        )}
        <p className="quiet">{t('live.pairWhere')}</p>
        <label className="live-field">
          <span>{t('live.code')}</span>
          <input
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
            autoComplete="one-time-code"
            autoCapitalize="characters"
            spellCheck={false}
            maxLength={40}
          />
        </label>
        <button type="submit" className="live-big live-main" disabled={code.trim() === ''}>
          {t('live.pairDo')}
        </button>
        <button type="button" className="live-big" onClick={onWithout}>
          {t('live.without')}
        </button>
        <a className="small" href="/">
          {t('live.signIn')}
        </a>
      </form>
    </>
  );
}

/** The code of the address, once: it leaves the address line and the history with it. */
function takeCode(): string | null {
  const code = new URLSearchParams(location.hash.slice(1)).get('code');
  if (code) history.replaceState(null, '', '/live');
  return code;
}

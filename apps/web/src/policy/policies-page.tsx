import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { CasefileTabs } from '../casefile/casefile-tabs.tsx';
import { useSession } from '../session/session.queries.ts';
import { PageTitle } from '../shell/page-title.tsx';
import { nameOfLanguage } from '../words/language.ts';
import { language, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import {
  POLICY_LANGS,
  type Policy,
  type PolicyLang,
  policiesQuery,
  questionsQuery,
} from './policy.queries.ts';
import { PolicyForm } from './policy-form.tsx';
import { PolicyHead } from './policy-head.tsx';
import { PolicyText } from './policy-text.tsx';
import './policy.css';

/** What we say of ourselves: how somebody complains, how we work together, and who of us may do what. */
export function PoliciesPage() {
  const policies = useQuery({ ...policiesQuery, throwOnError: true }).data?.items;
  const questions = useQuery({ ...questionsQuery, throwOnError: true }).data?.items;
  const role = useSession().data?.member?.role;
  const [chosen, setChosen] = useState<PolicyLang | null>(null);
  const [isWriting, setWriting] = useState(false);
  if (!policies || !questions) return <PageTitle says={t('policy.title')} />;
  const lang = chosen ?? firstLanguage(policies);
  const mayWrite = role === 'owner' || role === 'manager';
  return (
    <div className="page">
      <PageTitle says={t('policy.title')} />
      <CasefileTabs says={t('policy.title')} />
      {mayWrite && !isWriting && policies.length > 0 && (
        <div className="policy-change">
          <button type="button" className="action" onClick={() => setWriting(true)}>
            {t('policy.change')}
          </button>
        </div>
      )}
      {isWriting ? (
        <PolicyForm {...{ questions, policies, lang }} onLang={setChosen} onDone={() => setWriting(false)} />
      ) : (
        <Shown {...{ policies, lang, mayWrite }} onLang={setChosen} onWrite={() => setWriting(true)} />
      )}
    </div>
  );
}

/** The reader's own, where it is published; else one that is. */
function firstLanguage(policies: readonly Policy[]): PolicyLang {
  const own = POLICY_LANGS.find((each) => each === language.get().tag) ?? 'en';
  return policies.some((one) => one.lang === own) ? own : (policies[0]?.lang ?? own);
}

type ShownGiven = {
  policies: readonly Policy[];
  lang: PolicyLang;
  mayWrite: boolean;
  onLang: (lang: PolicyLang) => void;
  onWrite: () => void;
};

function Shown({ policies, lang, mayWrite, onLang, onWrite }: ShownGiven) {
  const [older, setOlder] = useState<string | null>(null);
  const ofLang = policies.filter((one) => one.lang === lang);
  const shown = ofLang.find(({ id }) => id === older) ?? ofLang.find(({ isCurrent }) => isCurrent);
  if (!shown) return <Nothing mayWrite={mayWrite} onWrite={onWrite} />;
  const languages = POLICY_LANGS.filter((each) => policies.some((one) => one.lang === each));
  return (
    <div className="policy-shown">
      {languages.length > 1 && (
        <nav className="row" aria-label={t('policy.inLanguage')}>
          {languages.map((each) => (
            <button
              key={each}
              type="button"
              className="action"
              aria-pressed={each === lang}
              onClick={() => onLang(each)}
            >
              {nameOfLanguage(each)}
            </button>
          ))}
        </nav>
      )}
      {shown.isCurrent ? (
        <PolicyHead policy={shown} />
      ) : (
        <p className="notice">
          {t('policy.older', { version: shown.version })}{' '}
          <button type="button" className="action" onClick={() => setOlder(null)}>
            {t('policy.newest')}
          </button>
        </p>
      )}
      {shown.documents.map((text) => (
        <PolicyText key={text.id} text={text} lang={lang} canHandOut={shown.isCurrent} />
      ))}
      {ofLang.length > 1 && (
        <details>
          <summary>{t('policy.versions', { count: ofLang.length })}</summary>
          <ul className="lines">
            {ofLang.map(({ id, version, publishedAt }) => (
              <li key={id}>
                <button type="button" className="action" onClick={() => setOlder(id)}>
                  {t('policy.version', { version })} · {dateOf(publishedAt)}
                </button>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Nothing({ mayWrite, onWrite }: Pick<ShownGiven, 'mayWrite' | 'onWrite'>) {
  return (
    <div className="sheet policy-nothing">
      <p>{t('policy.none')}</p>
      {mayWrite ? (
        <Button onClick={onWrite}>{t('policy.begin')}</Button>
      ) : (
        <p className="quiet">{t('policy.askOwner')}</p>
      )}
    </div>
  );
}

import type { Lang } from '@evenkeel/language/analyse';
import type { Finding } from '@evenkeel/language/finding';
import { Button, Textarea } from '@mantine/core';
import { useCallback, useDeferredValue, useRef, useState } from 'react';
import { toast } from '../shell/toasts.tsx';
import { t } from '../words/t.ts';
import { type Language, useLearnt } from './engine.ts';
import { FindingList } from './finding-list.tsx';
import { kindWords } from './kind-words.ts';
import { countByKind } from './segments.ts';
import { SentenceList } from './sentence-list.tsx';

/**
 * A reply that is checked while one types. It is kept nowhere; it leaves by being copied.
 *
 * @param lines that answer what was answered before, to be put in by a press
 */
export function ReplyBox({ replyTo, lines = [] }: { replyTo: string; lines?: readonly string[] }) {
  const [draft, setDraft] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  const findings = useDraftCheck(useDeferredValue(draft), replyTo);
  const { language } = findings;
  const replace = (start: number, end: number, words: string) => {
    setDraft(draft.slice(0, start) + words + draft.slice(end));
    field.current?.focus();
  };
  const putIn = (words: string) => {
    setDraft(draft === '' ? words : `${draft.trimEnd()}\n\n${words}`);
    field.current?.focus();
  };
  const copy = async () => {
    await navigator.clipboard.writeText(draft);
    toast(t('reply.copied'));
  };
  const advice = ({ advice: key }: { advice?: string | null }) =>
    key && language && findings.lang ? language.phrase(findings.lang, key) : null;
  return (
    <section className="sheet reply">
      <h2 className="answer-head">{t('reply.title')}</h2>
      <Textarea
        ref={field}
        aria-label={t('reply.field')}
        placeholder={t('reply.hint')}
        autosize
        minRows={5}
        maxRows={20}
        variant="unstyled"
        className="reply-field"
        value={draft}
        onChange={(event) => setDraft(event.currentTarget.value)}
      />
      {lines
        .filter((line) => !draft.includes(line))
        .map((line) => (
          <p key={line} className="reply-says small">
            <button type="button" className="link-button" onClick={() => putIn(line)}>
              {t('reply.putIn')}
            </button>{' '}
            <span className="quiet">{line}</span>
          </p>
        ))}
      <SentenceList lang={findings.lang} replyTo={replyTo} onTake={putIn} />
      <p className="reply-says small quiet" role="status">
        {draft.trim() === ''
          ? t('reply.notKept')
          : findings.found.length === 0
            ? t('reply.nothing')
            : countByKind(findings.found)
                .map(
                  ([kind, count]) => `${kindWords({ kind, level: 'note' })}${count > 1 ? ` ${count}×` : ''}`,
                )
                .join(' · ')}
      </p>
      {draft.trim() !== '' && findings.found.length > 0 && (
        <FindingList
          findings={findings.found}
          help={(finding) => {
            const words = advice(finding);
            if (!words) return null;
            return (
              <div className="row small">
                <span>{words}</span>
                <button
                  type="button"
                  className="link-button"
                  onClick={() => replace(finding.start, finding.end, words)}
                >
                  {t('reply.use')}
                </button>
              </div>
            );
          }}
        />
      )}
      <div className="row reply-foot">
        <Button disabled={draft.trim() === ''} onClick={copy}>
          {t('reply.copy')}
        </Button>
        <span className="quiet small">
          {findings.isRulesOnly ? t('answer.rulesOnly') : t('reply.leaves')}
        </span>
      </div>
    </section>
  );
}

const NOTHING = { lang: undefined, found: [] } as const;

function useDraftCheck(draft: string, replyTo: string) {
  const check = useCallback(
    ({ read, engine }: Language): { lang: Lang | undefined; found: readonly Finding[] } => {
      if (draft.trim() === '') return NOTHING;
      const { lang, findings } = read.checkDraft(engine, draft, { replyTo });
      return { lang, found: findings };
    },
    [draft, replyTo],
  );
  const { language, seen, isRulesOnly } = useLearnt(check);
  return { ...(seen ?? NOTHING), language, isRulesOnly };
}

import type { Lang } from '@evenkeel/language/analyse';
import type { Finding, RuleLang } from '@evenkeel/language/finding';
import { Button, Textarea } from '@mantine/core';
import { type ReactNode, useDeferredValue, useRef, useState } from 'react';
import { KeepDraft, type Versions } from '../reply/keep-draft.tsx';
import { KeptDrafts } from '../reply/kept-drafts.tsx';
import { KeepPlainWords } from '../reply/plain-words.tsx';
import { toast } from '../shell/toasts.tsx';
import { t } from '../words/t.ts';
import { CalmerVersion } from './calmer-version.tsx';
import { LONG_SENTENCE_WORDS, LONG_WORDS, lengthOf } from './draft-length.ts';
import { FindingList } from './finding-list.tsx';
import { kindWords } from './kind-words.ts';
import { RecordList } from './record-list.tsx';
import { countByKind } from './segments.ts';
import { SentenceList } from './sentence-list.tsx';
import { forReader, useAgainstRecord, useDraftCheck } from './use-draft-check.ts';

type Shown = {
  replyTo: string;
  /** Lines that answer what was answered before, to be put in by a press. */
  lines?: readonly string[];
  /** Whose record the draft is compared with; without it only its words are checked. */
  partyId?: string | undefined;
  /** The message of the record that is answered; without it, as where a text was pasted, no draft can be kept. */
  interactionId?: string;
  /** What is to be said before one writes. */
  children?: ReactNode;
};

/** A reply that is checked while one types. It is kept nowhere unless its writer chooses to; it leaves by being copied. */
export function ReplyBox({ replyTo, lines = [], partyId, interactionId, children }: Shown) {
  const [draft, setDraft] = useState('');
  const [versions, setVersions] = useState<Versions | null>(null);
  const [takenUp, setTakenUp] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const findings = useDraftCheck(useDeferredValue(draft), replyTo);
  const { language } = findings;
  const beside = useAgainstRecord(draft, partyId);
  const { against, harder, is: compared } = beside;
  const found = forReader(findings.found, beside);
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
  const instead = found
    .filter(({ level }) => level !== 'note')
    .map((finding) => ({ start: finding.start, end: finding.end, words: advice(finding) }));
  return (
    <section className="sheet reply">
      <h2 className="answer-head">{t('reply.title')}</h2>
      {children}
      {interactionId !== undefined && (
        <KeptDrafts
          interactionId={interactionId}
          takenUp={takenUp}
          onTakeUp={(kept) => {
            setDraft(kept.text);
            setVersions(kept.versions);
            setTakenUp(kept.id);
            field.current?.focus();
          }}
        />
      )}
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
        onChange={(event) => {
          setDraft(event.currentTarget.value);
          if (event.currentTarget.value === '') setVersions(null);
        }}
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
        {draft.trim() === '' ? t('reply.notKept') : foundWords(found)}
        {compared === 'compared' && against.length === 0 && ` ${t('reply.compared')}`}
        {compared === 'failed' && ` ${t('reply.notCompared')}`}
      </p>
      <LengthNote draft={draft} />
      {harder && <p className="reply-says small quiet">{t('reply.harder', harder)}</p>}
      {partyId !== undefined && against.length > 0 && (
        <RecordList
          partyId={partyId}
          findings={against}
          onUse={({ start, end }, words) => replace(start, end, words)}
        />
      )}
      {draft.trim() !== '' && found.length > 0 && (
        <FindingList
          findings={found}
          help={(finding) => {
            const words = finding.instead?.length ? finding.instead : [advice(finding)].filter(isThere);
            const isTerm = partyId !== undefined && finding.kind === 'jargon' && !finding.instead?.length;
            if (words.length === 0 && !isTerm) return null;
            return (
              <>
                {words.map((one) => (
                  <div key={one} className="row small">
                    <span>{one}</span>
                    <button
                      type="button"
                      className="link-button"
                      onClick={() => replace(finding.start, finding.end, one)}
                    >
                      {t('reply.use')}
                    </button>
                  </div>
                ))}
                {isTerm && (
                  <KeepPlainWords partyId={partyId} term={finding.quote} lang={ruleLangOf(findings.lang)} />
                )}
              </>
            );
          }}
        />
      )}
      <CalmerVersion
        draft={draft}
        found={instead}
        versions={versions}
        onTake={(words, chosenBetween) => {
          setDraft(words);
          setVersions(chosenBetween);
        }}
      />
      {partyId !== undefined && interactionId !== undefined && draft.trim() !== '' && (
        <KeepDraft
          partyId={partyId}
          interactionId={interactionId}
          draft={draft}
          versions={versions}
          replaces={takenUp}
          onKept={setTakenUp}
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

function isThere(words: string | null | undefined): words is string {
  return words !== null && words !== undefined && words !== '';
}

function ruleLangOf(lang: Lang | undefined): RuleLang | null {
  return lang === undefined || lang === 'simple' ? null : lang;
}

function foundWords(found: readonly Finding[]): string {
  if (found.length === 0) return t('reply.nothing');
  return countByKind(found)
    .map(([kind, count]) => `${kindWords({ kind, level: 'note' })}${count > 1 ? ` ${count}×` : ''}`)
    .join(' · ');
}

/** Said only where a draft is long, or a sentence of it. */
function LengthNote({ draft }: { draft: string }) {
  const { words, longSentences } = lengthOf(draft);
  if (words <= LONG_WORDS && longSentences === 0) return null;
  return (
    <p className="reply-says small quiet">
      {words > LONG_WORDS && t('reply.long', { words })}{' '}
      {longSentences > 0 && t('reply.longSentences', { count: longSentences, most: LONG_SENTENCE_WORDS })}
    </p>
  );
}

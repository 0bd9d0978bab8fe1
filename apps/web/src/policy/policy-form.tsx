import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { Problem } from '../api/problem.ts';
import { previewPolicy, publishPolicy } from '../generated/sdk.gen.ts';
import { staying } from '../shell/staying.ts';
import { toast } from '../shell/toasts.tsx';
import { nameOfLanguage } from '../words/language.ts';
import { problemWords } from '../words/problem-words.ts';
import { t } from '../words/t.ts';
import { answersOf, type Draft, draftOf, NOTHING } from './draft-answers.ts';
import { POLICY_LANGS, type Policy, type PolicyLang, type Question } from './policy.queries.ts';
import { PolicyText } from './policy-text.tsx';
import { QuestionField } from './question-field.tsx';

type Given = {
  questions: readonly Question[];
  policies: readonly Policy[];
  lang: PolicyLang;
  onLang: (lang: PolicyLang) => void;
  onDone: () => void;
};

/** The twelve questions in one language. Nothing of what is typed is kept before it is published. */
export function PolicyForm({ questions, policies, lang, onLang, onDone }: Given) {
  const before = policies.find((one) => one.isCurrent && one.lang === lang)?.answers ?? {};
  const [drafts, setDrafts] = useState<Partial<Record<PolicyLang, Draft>>>({});
  const draft = drafts[lang] ?? draftOf(questions, before);
  const form = useRef<HTMLFormElement>(null);
  const queries = useQueryClient();
  const body = () => ({ lang, answers: answersOf(questions, draft) });
  const goToWrong = (error: unknown) => {
    const question = askedIn(error);
    const found = form.current?.querySelector<HTMLElement>(
      `[data-question="${question}"] :is(input, textarea)`,
    );
    found?.focus();
  };
  const preview = useMutation({ mutationFn: () => previewPolicy({ body: body() }), onError: goToWrong });
  const publish = useMutation({
    mutationFn: () => publishPolicy({ body: body() }),
    onError: goToWrong,
    onSuccess: async ({ version }) => {
      await queries.invalidateQueries({ queryKey: ['policies'] });
      toast(t('policy.published', { version }));
      onDone();
    },
  });
  const error = publish.error ?? preview.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    preview.reset();
    publish.mutate();
  };
  const answer = (id: string) => (given: Draft[string]) => {
    publish.reset();
    preview.reset();
    setDrafts({ ...drafts, [lang]: { ...draft, [id]: given } });
  };
  const isBusy = preview.isPending || publish.isPending;
  return (
    <form ref={form} className="policy-form" aria-label={t('policy.questions')} onSubmit={submit} noValidate>
      <label className="policy-lang">
        {t('policy.inLanguage')}
        <select value={lang} onChange={(event) => onLang(event.currentTarget.value as PolicyLang)}>
          {POLICY_LANGS.map((each) => (
            <option key={each} value={each}>
              {nameOfLanguage(each)}
            </option>
          ))}
        </select>
      </label>
      <div className="sheet">
        {questions.map((question, at) => (
          <QuestionField
            key={`${lang} ${question.id}`}
            question={question}
            number={at + 1}
            lang={lang}
            answer={draft[question.id] ?? NOTHING}
            onAnswer={answer(question.id)}
            wrong={askedIn(error) === question.id ? problemWords(error) : null}
          />
        ))}
      </div>
      {Boolean(error) && askedIn(error) === null && (
        <p className="notice" role="alert">
          {problemWords(error)}
        </p>
      )}
      <div className="row policy-send">
        <Button type="submit" size="xs" loading={publish.isPending} disabled={isBusy}>
          {t('policy.publish')}
        </Button>
        <button type="button" className="action" {...staying(isBusy)} onClick={() => preview.mutate()}>
          {t('policy.preview')}
        </button>
        <button type="button" className="action" onClick={onDone}>
          {t('policy.leave')}
        </button>
      </div>
      {preview.data?.documents.map((text) => (
        <PolicyText key={text.id} text={text} lang={lang} canHandOut={false} />
      ))}
    </form>
  );
}

/** The question a refusal is about; null for any other trouble. */
function askedIn(error: unknown): string | null {
  const question = error instanceof Problem ? error.params.question : null;
  return typeof question === 'string' ? question : null;
}

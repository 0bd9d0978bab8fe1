import { useId } from 'react';
import { t } from '../words/t.ts';
import { type DraftAnswer, type DraftRow, EMPTY_ROW } from './draft-answers.ts';
import type { PolicyLang, Question } from './policy.queries.ts';

type Given = {
  question: Question;
  number: number;
  /** Of the texts, and so of the answers. */
  lang: PolicyLang;
  answer: DraftAnswer;
  onAnswer: (answer: DraftAnswer) => void;
  /** Why the answer was refused. */
  wrong: string | null;
};

/** A question with its help and the field for its answer, in the language of the texts. */
export function QuestionField({ question, number, lang, answer, onAnswer, wrong }: Given) {
  const id = useId();
  const write = (words: string) => onAnswer({ ...answer, words });
  const common = {
    id: `${id}-field`,
    'aria-describedby': `${id}-help`,
    'aria-invalid': wrong !== null,
    placeholder: question.example[lang],
    value: answer.words,
  };
  const { kind } = question;
  return (
    <section className="policy-question" data-question={question.id} lang={lang}>
      <label htmlFor={kind === 'table' ? undefined : `${id}-field`} className="policy-asked">
        <span className="number">{number}.</span> {question.title[lang]}
      </label>
      <p id={`${id}-help`} className="small quiet">
        {question.text[lang]}
      </p>
      {kind === 'text' && <textarea {...common} rows={2} onChange={(e) => write(e.currentTarget.value)} />}
      {(kind === 'lines' || kind === 'steps') && (
        <textarea {...common} rows={4} onChange={(e) => write(e.currentTarget.value)} />
      )}
      {kind === 'days' && (
        <input
          {...common}
          type="number"
          inputMode="numeric"
          min={1}
          onChange={(e) => write(e.currentTarget.value)}
        />
      )}
      {kind === 'day' && <input {...common} type="date" onChange={(e) => write(e.currentTarget.value)} />}
      {kind === 'table' && <Rows question={question} lang={lang} answer={answer} onAnswer={onAnswer} />}
      {wrong && (
        <p className="notice" role="alert">
          {wrong}
        </p>
      )}
    </section>
  );
}

function Rows({
  question,
  lang,
  answer,
  onAnswer,
}: Pick<Given, 'question' | 'lang' | 'answer' | 'onAnswer'>) {
  const write = (id: string, row: DraftRow) => onAnswer({ ...answer, rows: { ...answer.rows, [id]: row } });
  return question.rows.map(({ id, title, upTo }) => {
    const row = answer.rows[id] ?? EMPTY_ROW;
    return (
      <div key={id} className="policy-row">
        <span className="policy-row-title">{title[lang]}</span>
        {upTo && (
          <input
            type="text"
            aria-label={t('policy.upTo', { what: title[lang] })}
            placeholder={t('policy.sum')}
            value={row.upTo}
            onChange={(event) => write(id, { ...row, upTo: event.currentTarget.value })}
          />
        )}
        <input
          type="text"
          aria-label={t('policy.who', { what: title[lang] })}
          placeholder={question.example[lang]}
          value={row.who}
          onChange={(event) => write(id, { ...row, who: event.currentTarget.value })}
        />
      </div>
    );
  });
}

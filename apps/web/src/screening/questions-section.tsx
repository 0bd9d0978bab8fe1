import { inLang, langNow } from '../agreement/clause-words.ts';
import { Act, wordsOf } from '../casefile/act.tsx';
import { answerScreening } from '../generated/sdk.gen.ts';
import { useWho } from '../session/who.ts';
import { language, t } from '../words/t.ts';
import { dateOf } from '../words/when.ts';
import type { Screening } from './screening.queries.ts';

/** What is asked before a yes, and what they said; the first offer is made of it. */
export function QuestionsSection({ found }: { found: Screening }) {
  const who = useWho();
  const lang = langNow(language.use().tag);
  const isOpen = found.agreementId === null && found.sentInteractionId === null;
  return (
    <section className="sheet">
      <h2 className="answer-head">{t('screening.questions')}</h2>
      <p className="small quiet screening-pad">{t('screening.questionsNote')}</p>
      <ul className="lines">
        {found.questions.map(({ id: question, says }) => {
          const answer = found.answers.find((one) => one.question === question);
          const run = (fields: FormData) =>
            answerScreening({ path: { id: found.id }, body: { question, words: wordsOf(fields, 'words') } });
          return (
            <li key={question} className="line-block">
              <span>{inLang(says, lang)}</span>
              {answer && (
                <p>
                  <strong dir="auto">{answer.words}</strong>{' '}
                  <span className="small quiet">
                    {dateOf(answer.at)}, {who(answer.actor)}
                  </span>
                </p>
              )}
              {isOpen && (
                <Act says={answer ? t('screening.answerAnew') : t('screening.answer')} run={run}>
                  <label className="field">
                    {inLang(says, lang)}
                    <textarea name="words" rows={2} defaultValue={answer?.words} required />
                  </label>
                </Act>
              )}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

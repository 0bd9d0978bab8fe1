/** Irregular English forms by lemma. Forms that are words of their own (left, found, saw, felt) are not listed. */
const FORMS = `
  agree agreed|be been|become became|begin began begun|break broke broken|bring brought|build built|buy bought
  catch caught|choose chose chosen|come came|deal dealt|do did done|draw drew drawn|drive drove driven|eat ate eaten
  fall fell fallen|fight fought|fly flew flown|forget forgot forgotten|forgive forgave forgiven|get got gotten
  give gave given|go went gone|grow grew grown|hear heard|hide hid hidden|hold held|keep kept|know knew known
  lead led|learn learnt|leave left|lend lent|lose lost|make made|mean meant|meet met|mislead misled|overdo overdone
  overpay overpaid|pay paid|prove proven|repay repaid|ride rode ridden|ring rang rung|rise risen|run ran|say said
  see seen|seek sought|sell sold|send sent|shake shook shaken|show shown|sing sang sung|sit sat|sleep slept
  speak spoke spoken|spend spent|stand stood|steal stole stolen|swear swore sworn|take took taken|teach taught
  tell told|think thought|throw threw thrown|understand understood|undertake undertook undertaken|wake woke woken
  wear wore worn|win won|withdraw withdrew withdrawn|withhold withheld|write wrote written|rewrite rewrote rewritten
  man men|woman women|child children|person people|foot feet|tooth teeth|mouse mice|wife wives|life lives
  half halves|shelf shelves|knife knives|thief thieves|analysis analyses|crisis crises|basis bases
  criterion criteria|datum data|index indices|appendix appendices|good better best|bad worse worst|die dying
  lie lying|tie tying|sky skies|cancel cancellation cancelation|colour color|favour favor|honour honor
  labour labor|behaviour behavior|neighbour neighbor|centre center|theatre theater|licence license|cheque check
  programme program|catalogue catalog|grey gray|judgement judgment|fulfil fulfill|enrol enroll|instalment installment`;

/** Form → lemma. */
export const ENGLISH_LEMMAS: ReadonlyMap<string, string> = new Map(
  FORMS.trim()
    .split(/\||\n/)
    .flatMap((line) => {
      const [lemma = '', ...forms] = line.trim().split(/\s+/);
      return forms.map((form): [string, string] => [form, lemma]);
    }),
);

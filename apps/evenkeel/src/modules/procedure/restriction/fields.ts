const OF_RESTRICTIONS = {
  'restriction-measure': 'What is restricted: a line for who, what, when, where and how.',
  'restriction-open-route': 'The route that always stays open.',
  'restriction-review': 'The date on which the restriction is looked at again.',
  'restriction-until': 'Its last day.',
  'restriction-aim': 'What it is for, in the words of the plan.',
  'restriction-milder': 'What was tried before, in the words of the plan.',
  'restriction-words': 'The quoted words the plan is about, each as a quotation.',
};
export const ENDING_FIELD = 'ending-date';
const OF_THE_SHEET = {
  'owed-by-them': 'The open sums they owe, as recorded.',
  'owed-by-us': 'The open sums we owe, as recorded.',
  'open-work': 'Our open promises, as recorded.',
};

export const RESTRICTION_FIELDS = Object.keys(OF_RESTRICTIONS);
export const SHEET_FIELDS = Object.keys(OF_THE_SHEET);
const FIELD_SAYS: Readonly<Record<string, string>> = {
  ...OF_RESTRICTIONS,
  [ENDING_FIELD]: 'The day on which the work with them ends.',
  ...OF_THE_SHEET,
};

/** What letters get from what was decided beside the steps. */
export const BESIDE_FIELDS: Readonly<Record<string, { readonly says: string; readonly of: null }>> =
  Object.fromEntries(Object.entries(FIELD_SAYS).map(([name, says]) => [name, { says, of: null }]));

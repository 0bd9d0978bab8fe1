/**
 * The function words of each language, folded. They tell a text's language, and they are indexed as they stand:
 * "you never told me" can be found, but no stem is spent on "never".
 */
export const ENGLISH_STOP_WORDS = words(`
  a about after again all also am an and any are as at be because been before being but by can cannot could did
  do does dont for from had has have he her here hers him his how i if in into is it its just me more most my no
  not now of on only or other our out over she should so some such than that the their them then there these they
  this those to too under until up us very was we were what when where which while who why will with would you
  your yours im ive youre thats isnt wasnt didnt doesnt cant wont please thanks thank regards hello hi dear`);

export const FINNISH_STOP_WORDS = words(`
  ja ei on se että oli olla ovat olen olet olemme olette oltu ollut olleet mutta tai sekä kun kuin jos niin myös
  joka jotka jota jonka joita jossa josta jolla mikä mitä mitään minkä hän hänen he heidän minä minun minulla
  minulle minut sinä sinun sinulle te teidän teille me meidän meille teitä meitä tämä tämän tätä tässä tästä nämä
  näitä se sen sitä siitä siinä sille ne niiden niitä tuo tuon vain vielä nyt sitten kanssa mukaan ennen jälkeen
  en et emme ette eivät eikä olisi olisin voi voin voitte voisi jo vai koska siis sillä ole oliko onko eli
  kiitos terveisin hei moi ystävällisin`);

export const RUSSIAN_STOP_WORDS = words(`
  а без бы был была были было быть в вам вами вас ваш ваша ваши во вот все всех всем да для до его ее если есть еще
  же за и из или им их к как когда которая которые который которых кто ли либо мне меня мной мы на над нам нами нас
  наш наша наши не него нее нет ни них но ну о об он она они оно от по под после при про с сам себя со так также
  там те тем то того тоже той только том тому ты тут у уже чем что чтобы чтоб эта эти этих это этого этой этом этот я`);

/** Frequent words of languages we do not stem, so that they are told apart from English and Finnish. */
export const OTHER_STOP_WORDS = words(`
  och att det som är på för med inte jag har av en ett till den om vi ni kan hej
  und der die das nicht ist mit sie ich ein eine für auf dem den wir auch haben werden bitte
  les des est une pas que pour dans vous nous avec sur sont mais plus bonjour merci
  los las por para con una pero como está muy más gracias
  een het niet van voor zijn ook maar naar
  või kui mis oma ning oli see olen ole
  nie jest się czy tak jak ale
  di che non per sono della questo
  não você uma com isso`);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/**
 * Words of business that mean the same in English, Russian and Finnish, written for this program and free to use as the
 * rest of it. One line is one thing: `name: English | Russian | Finnish`. `word*` is the beginning of a folded word, any
 * other is met in every form of it; `a_b` is two words in a row. A line that begins with `~` names what much is about, and
 * weighs half: two texts that share only such words are not about the same.
 */
export const BUSINESS_WORDS = `
login: login logins logon log_in sign_in signin credential* username* | логин* учетн* авториза* | kirjautu* tunnukset tunnuksia käyttäjätun* loggau*
password: password* passphrase* passcode* | парол* | salasan* passi
access: access | доступ* | pääsy käyttöoikeu* pääsen pääse
account: account | аккаунт* | tili tilille tilin tililtä käyttäjätili*
refund: refund* reimburs* pay_back paid_back give_back money_back return_money back_money | верн* возврат* возвращ* возмест* | palaut* hyvity* takaisin
deposit: deposit* prepay* advance_payment down_payment | предоплат* задат* аванс* залог* | varausmaksu* ennakkomaksu* ennakon käsiraha*
newsletter: newsletter* mailing mailings | рассылк* ньюслеттер* | uutiskirje*
invoice: invoice* bill bills billed billing | счет* инвойс* фактур* | lasku* laskutu*
creditnote: credit_note | кредит-нот* корректировочн* | hyvityslasku*
vat: vat | ндс | alv arvonlisävero* vero veron
tax: tax taxes | налог* | vero* verotu*
reminder: reminder* | напоминан* | muistutu* karhu*
receipt: receipt receipts | чек чека чеки квитанц* | kuitti* kuiti*
contract: contract* agreement* | договор* контракт* соглашен* | sopimu* sopimus*
clause: clause clauses paragraph section | пункт* параграф* | kohta kohdan pykäl* ehto ehdon
copy: copy copies | копи* | kopio* jäljennö*
signed: signed signature sign | подпис* | allekirjoit*
discount: discount* rebate* price_reduction | скидк* | alennu* alennus*
offer: offer offers quote quotation proposal* | предложен* коммерческ* | tarjou* tarjous*
order: order orders ordered | заказ* | tilau* tilaus* tilasi*
delivery: deliver* shipment* shipping shipped parcel* package courier* | достав* посылк* отправлен* отгруз* | toimit* lähety* paketti* paketi* kuljetu*
arrive: arriv* | приш* прибы* поступи* дошел дошло дошла | saapu* perill*
late: late delay* overdue belated* | опозда* опаздыва* задерж* просроч* позже | myöhä* viiväst* viivy*
deadline: deadline* due_date due | срок* дедлайн* | määräaika* määräaja* eräpäiv* takaraja*
schedule: schedule* timetable* | график* расписан* | aikataul*
cancel: cancel* | отмен* аннулир* | peru peruu perua perut* peruu* peruttu peruut*
terminate: terminat* end_contract | растор* прекра* | irtisano* purka*
change: change changes changed changing modif* alter* | измен* менят* меняе* меняю* поменя* правк* | muuto* muutos* muut*
correct: correct corrected correction* fix fixed fixing repair* mend* | исправ* почин* поправ* | korja* oikais*
mistake: mistake* error* typo* typing_error bug bugs | ошибк* опечатк* баг баги | virhe* kirjoitusvirhe* bugi*
wrong: wrong incorrect* inaccurate | неправильн* неверн* ошибочн* | väär* virheelli*
broken: broken broke defect* damaged not_working out_of_order | сломан* сломал* дефект* поврежд* брак бракован* | rikki vialli* vika* särky*
missing: missing lacks lacking | отсутств* не_хватает пропал* нет_на | puuttu* kateissa
logo: logo* | логотип* | logo*
vector: vector* svg | вектор* | vektori*
design: design* layout* mockup* | дизайн* макет* | design* suunnitel* ulkoasu* taitto*
colour: colour* color* | цвет* | väri* värin
green: green | зелен* | vihre*
red: red | красн* | punai*
blue: blue | син* голуб* | sini*
black: black | черн* | musta* mustan
white: white | бел* | valkoi*
button: button* | кнопк* | painik* nappi* nappu*
font: font fonts typeface* | шрифт* | fontti* fontin kirjasi*
banner: banner* | баннер* | banneri*
picture: picture* image* photo* photograph* | фото* картинк* изображен* снимк* снимок | kuva kuvat kuvia kuvan kuvien valokuva* valoku*
shooting: shooting photoshoot* photo_session | съемк* фотосесси* | kuvaus kuvauks* kuvauk* valokuvau*
video: video* clip clips | видео* ролик* клип* | video* klippi*
custom: custom customised bespoke personalised | на_заказ индивидуальн* персонализирован* | räätälöi* tilaustyö*
text: text texts copywriting | текст* | teksti* tekstin
translation: translat* | перевод* перевед* переводит* | käännö* käännös* käänt*
swedish: swedish | шведск* | ruotsi* ruotsin*
english: english | английск* | englanni* englanti*
finnish: finnish | финск* | suomen_kiel* suomeksi suomenkiel*
russian: russian | русск* | venäjä* venäjän*
german: german | немецк* | saksa* saksan*
language: language* | язык* | kieli* kielen kielel*
warehouse: warehouse* stockroom | склад* | varasto* varaston
stock: stock inventory in_stock | запас* наличи* остатк* | saldo* varastosaldo*
shop: shop shops store webshop* storefront | магазин* | kaup* verkkokaup* myymäl*
office: office offices | офис* контор* | toimisto* konttori*
domain: domain* | домен* | verkkotunnu* domain*
hosting: hosting host hosted | хостинг* | hosting* webhotel* palvelintila*
server: server* | сервер* | palvelin palvelim* serveri*
backup: backup* back-up* back_up | бэкап* резервн* | varmuuskop* backup*
transfer: transfer* hand_over handover | перенос* перенес* передач* передай* передат* переведите_домен переведёте_домен переведете_домен | siirt* siirr* luovut*
update: update* upgrade* | обновл* обнови* апдейт* | päivit*
install: install* | установ* | asenn* asennu*
add: add adds added adding | добав* | lisä* lisätkää
search: search* | поиск* искать | haku* hakuk* hakutoim*
catalogue: catalog* | каталог* | luettelo* katalog*
product: product* article articles item items | товар* продукт* издели* | tuote* tuott*
pricelist: price_list pricelist* prices_list | прайс* | hinnasto*
basket: basket cart | корзин* | ostoskor*
form: form forms | форм* анкет* | lomak*
field: field fields | поле поля полей | kenttä* kentän
menu: menu* navigation | меню навигац* | valikko* valiko* navigaatio*
slow: slow slowly sluggish loads_slowly takes_ages takes_forever | медлен* тормоз* долго | hidas hitaa* hitau* hitaasti kestä*
mobile: mobile phone_version smartphone* | мобильн* смартфон* | mobiili* kännyk* älypuhel*
cookie: cookie* | куки cookie* | eväst*
notice: notice* notification* popup* | уведомлен* оповещен* плашк* | ilmoitu* ilmoitus*
privacy: privacy gdpr personal_data data_protection | персональн* конфиденциальн* | tietosuoj* yksityisyy* henkilötie*
data: data | данны* | tieto* tiedot tietoja tietoni dataa
delete: delet* remov* erase* wipe* | удал* стер* стира* уничтож* | poist* hävit* pyyh*
statistics: statistic* analytics stats | статистик* аналитик* | tilasto* analytiik*
visitor: visitor* visits | посетител* визит* | kävijä* kävijö* vieraili*
review: review reviews rating ratings | отзыв* рейтинг* оценк* | arvostelu* arvosana*
openinghours: opening_hours business_hours working_hours office_hours | часы_работы время_работы график_работы часами_работы | aukiolo* työaika* työaja*
holiday: holiday* vacation* | праздник* отпуск* каникул* | loma* pyhä* juhlapyh*
contact: contact contacts | контакт* | yhteystie* yhteystied*
address: address* | адрес* | osoite* osoit*
phone: phone telephone phones | телефон* трубк* | puhelin puhelim* puhelu*
call: call calls called calling | звон* созвон* перезвон* позвон* | soita* soitt* puhelu*
answerphone: answer_the_phone answers_the_phone pick_up picks_up | берет_трубку берете_трубку взять_трубку отвечает_на_звонки отвечаете_на_звонки | vastaa_puhelim* vastata_puhelim*
evening: evening* night nights | вечер* ноч* | ilta* illalla illan yö yöllä
weekend: weekend* saturday sunday | выходн* суббот* воскресен* | viikonlop* lauanta* sunnunta*
meeting: meeting* appointment* | встреч* совещан* | kokou* tapaami* palaver*
support: support helpdesk | поддержк* саппорт* | tuki tuen tukea asiakaspalvel*
training: training course | обучен* тренинг* | koulutu* kurssi*
report: report reports | отчет* | raport* selvity*
list: list lists | списо* списк* перечен* | lista* luettelo*
table: table spreadsheet* | таблиц* | taulukko* taulukon taulukoi*
file: file files | файл* | tiedosto*
document: document* paper papers | документ* | asiakir* dokument* paperi*
attachment: attach* enclosed | вложен* прилож* приклад* | liite* liitt* oheis*
certificate: certificate* | сертификат* справк* | todistu* sertifikaat*
licence: licence* license* | лиценз* | lisens* lupa_käyt*
permission: permission* consent* without_asking permit | разрешен* согласи* спрос* | lupa luvan lupaa suostum*
approval: approv* | одобр* утверд* | hyväksy* hyväksyn*
payment: ~pay* | ~плат* оплат* | ~maks*
fee: fee fees charge charges charged extra_charge | плат* взнос* сбор* | maksu* lisämaksu* veloit*
free: free_of free_for without_charge complimentary included gratis | бесплатн* включен* даром входить входит | ilmai* maksut* sisälty* veloituksetta
interest: interest_rate penalty* late_fee | пени неустойк* процент_за штраф* | viivästyskor* korko* sakko*
transport: transport* freight | перевозк* фрахт* транспорт* | rahti* kuljetu*
compensation: compensat* damages | компенсац* ущерб* убытк* | korvau* korvaus* vahingonkorv*
guarantee: guarantee* warranty* | гаранти* | takuu* takuun
insurance: insur* | страхов* | vakuutu* vakuutus*
court: court sue suing lawsuit* | суд суде суда судом суду судить* иск исков* | oikeuteen oikeudessa käräj* haast* tuomioistu*
lawyer: lawyer* attorney* solicitor* | адвокат* юрист* | asianaja* lakimie* juristi*
police: police | полици* | poliisi*
complaint: complain* | жалоб* претенз* рекламаци* | valitu* valitus* reklamaat*
apology: apolog* sorry | извин* прощен* | anteeksi* pahoittel*
lie: lie lied lying liar deceiv* cheat* tricked misled | врет* соврал* врал* лж* обман* ввел_в_заблуждение | valehtel* huijas* huijat* petti petit* johditte_harhaan
steal: steal* stole* theft | укра* воров* крад* | varkau* varastitte varastit
threat: threat* blackmail* | угроз* угрожа* шантаж* | uhka* uhkai* kiristy*
lost: lost lose | потеря* утеря* | kado* hukka* häv*
page: ~page pages | ~страниц* | ~sivu sivut sivulla sivun sivulle sivulta sivuja
mainpage: main_page front_page home_page homepage* landing_page | главн* лендинг* | etusivu* pääsivu*
site: ~site sites website* webpage* | ~сайт* | ~sivusto* nettisivu* verkkosivu*
price: ~price* cost costs priced | ~цен* стоимост* стоит стоить стоят | ~hinta* hinna* hinto* kustan*
money: ~money | ~деньг* денег | ~raha* rahan rahoj*
work: ~work works project* | ~работ* проект* | ~työ työn työt työtä projekt*
customer: ~customer* client* buyer* | ~клиент* покупател* заказчик* | ~asiak*
month: ~month months monthly | ~месяц* ежемесяч* | ~kuukau* kuukausi*
year: ~year years yearly annual* | ~год года годов* лет ежегодн* | ~vuosi vuoden vuotta vuosittai*
week: ~week weeks weekly | ~недел* еженедел* | ~viikko* viikon viikot viikolla
day: ~day days | ~день дня дней дни | ~päivä* päivän
hour: ~hour hours | ~час часа часов часы | ~tunti* tunnin tuntia
promise: ~promis* | ~обеща* обещан* | ~lupa* lupasi* lupasitte luvattu
name: ~name names | ~имя имен* названи* | ~nimi nimen nimeä
number: ~number numbers | ~номер* | ~numero*
team: ~team staff personnel employee* | ~команд* персонал* сотрудник* | ~tiimi* henkilökun* henkilöstö* työntekij*
stock-photo: stock_photo* | стоков* | kuvapankki*
subscription: subscri* | подписк* | tilaus_kuukaus* kestotilau*
feature: feature* function functions functionality | функци* функционал* | toimin* ominaisuu*
integration: integrat* api | интеграц* апи | integraat* rajapin*
test: test tests testing | тест* | testi* testau*
launch: launch* go_live open opens opening | запуск* запусти* откры* | avau* avaa* avata auki julkais* julkist*
publish: publish* post_online | опублик* публик* | julkais*
fair: fair fairs exhibition trade_show expo | выставк* ярмарк* | messu* näyttely*
campaign: campaign* advert* | кампани* реклам* | kampanj* mainos* mainont*
brochure: brochure* leaflet* flyer* | брошюр* листовк* буклет* | esite* esitt* lehti*
print: print* | печат* типограф* | paino* painatu* tulost*
size: size sizes bigger larger smaller | размер* крупнее больше меньше | koko koon suurem* pienem*
quality: quality | качеств* | laatu* laadu* laadun
speed: speed fast faster | скорост* быстр* | nopeu* nopea*
security: secur* hacked hack | безопасн* взлом* | turvalli* tietoturv* hakkeroi*
spam: spam* | спам* | roskapost*
email: email* e-mail* mailbox inbox | почт* имейл* | sähköpost* meili*
chat: chat chats | чат чате чата чаты | chat* chätti*
comment: comment comments feedback | комментар* замечан* | komment*
question: ~question questions | ~вопрос* | ~kysymy* kysymys*
answer: ~answer answers reply replies replied respond* response* | ~ответ* отвеча* | ~vastau* vastaus* vastaa* vastat*
problem: ~problem problems issue issues | ~проблем* | ~ongelm*
service: ~service services | ~услуг* сервис* обслужив* | ~palvelu* palvelun
system: ~system systems | ~систем* | ~järjestelm*
business: ~business company firm | ~бизнес* компани* фирм* | ~yrity* yritys* firma*
`;

/**
 * What customers ask any business about, and the words that they and those who answer them use for it, in English and
 * Turkish. A line is `NAME | English | Turkish`; a star stands for any ending, a plus joins words that mean it only
 * together ("send it back"). A name with a tilde is a word of the surroundings: it stands in questions of many kinds and
 * says little by itself. Spelled without the marks of Turkish, as it is compared.
 */
export const subjects = `
RETURN | return* returning sen*+back give*+back giv*+back gave+back bring*+back tak*+back go*+back went+back hand*+back take*+back ship*+back mail*+back post*+back return*+policy sen*+return* | iade* geri+gonder* geri+ver* geri+yolla* geri+al* geri+getir* geri+gotur* begenmedim begenmezsem
REFUND | refund* reimburs* moneyback chargeback money+back get+money get*+refund money+returned credit*+back | geri+ode* geri+odeme* iade*+para* para*+iade* para*+yat* para*+gel* para*+don* para*+ne+zaman param parami paramin paraniz paranin parasi
EXCHANGE | exchang* swap* wrong+size different+size another+size other+size bigger+size smaller+size larger+size different+colo* another+colo* replace* | degisim* degistir* takas* buyugu* kucugu* buyuk+beden kucuk+beden baska+beden bir+beden
CHANGE | chang* amend* edit editing modif* correct* typo mistyped add+order update* mistake mistakes by+mistake by+accident altered | degistir* degisiklik* degistirilemez duzelt* duzenle* guncelle* yanlis+yaz* eksik+yaz* ekle eklemek ekleyebilir*
CANCEL | cancel* call*+off changed+mind scrap withdraw* annul* stop+order stopped | iptal* vazgec* durdur* cayma* caymak
DAMAGED | damag* broken crack* shatter* smash* crush* dent* scratch* torn tear spilled leak* leaking destroyed ripped squashed | hasar* kirik* kiril* catla* catlak* ezik* ezil* yirtik* yirtil* cizik* cizil* dokul* yamul* parcalan* patlak* patlam* hasarli
DEFECT | defect* fault* faulty not+work* doesn*+work* stop*+work* wont+turn wont+start wont+work wont+charge won+turn won+start doesn+turn doesnt+turn doesnt+start doesn+charge doesnt+charge not+turn* malfunct* dead died broke breaks broken hole holes loose snapped peel* worn+out burst problem+device something+wrong isn+accept* isnt+accept* not+accept* invalid not+valid isn+valid isnt+valid reject* | ariza* bozuk* bozul* kusur* defolu calismiyor* calismayan acilmiyor* sokuk* sokul* delik* delin* cikti+kusur* koptu kopan sarj+olmuyor bozulursa kabul+etm* gecersiz* gecmiyor*
WRONG | wrong incorrect mixed+up not+order* different+from | yanlis* hatali* hata karis* baska+urun
MISSING | missing incomplete not+in+box wasn+in+box forgot | eksik* cikmadi* yoktu unutmus* noksan*
LOST | lost never+arriv* never+got never+came not+arriv* not+receiv* hasn+arriv* hasnt+arriv* haven+receiv* havent+receiv* didn+arriv* didnt+arriv* didn+receiv* didnt+receiv* nothing+arriv* nothing+come disappear* vanish* hasn+moved hasnt+moved not+moved nothing+moves stuck still+waiting order+late parcel+late package+late delivery+late delay* overdue | kayip* kaybol* gelmedi* ulasmadi* gecik* gecikti kaldi hareket+etm* ayni+yer* gelmeyen gelmemis hala+gelm*
SHIPPING | ship* deliver* dispatch* courier* postage shipping post+to posting sent sending send sends carrier* mailed freight | kargo* teslimat* gonderi* gonder* yolla* kurye* sevk* teslim nakliye*
PARCEL~ | parcel* package packages packet* box boxes carton* | paket* koli* kutu*
ARRIVE | arriv* get*+here come*+here reach*+me receive receiving get*+there till+here be+here when+come* when+get+it when+will+it gets+to land | gelir gelecek gelicek geliyor gelirmi gelmez gelsin gelmesi ulas* elime elimde eline elinize yetisir yetis* varir varis* var+elime ulasmasi
TRACK | track* trace* tracing where+order where+orders where+parcel where+package where+stuff wheres+my wheres+order wheres+parcel wheres+package wheres+stuff follow* whereabouts order+status status+order | takip* izle* nerede+kaldi nerde+kaldi kargo*+nerede kargo*+nerde siparis*+nerede siparis*+nerde paket*+nerede paket*+nerde siparis*+durum* takibi
ABROAD | abroad international* overseas worldwide countries which+countr* other+countr* another+country outside+country my+country continent rest+world | yurtdis* yurt+dis* ulkeler* hangi+ulke* baska+ulke* uluslararasi dunya* ulkeye
EXPRESS | express* overnight next+day same+day urgent* faster rush hurry asap tonight | ekspres* acil* ertesi+gun* ayni+gun* bugun+gelir yarina yarina+kadar cabuk*
CUSTOMS | customs duty duties import* tariff* | gumruk* ithal*
PICKUP | pickup pick*+up collect* click+collect fetch* in+person | magaza*+teslim* magaza*+al* gel+al elden+al* elden+teslim teslim+alabil* teslim+alma* teslim+alsa gelip+al* subeden
ABSENT | not+home nobody+home noone+home not+at+home isn+home neighbo* next+door missed+deliver* at+work | evde* komsu* evde+yok* evde+olma*
ADDRESS | address* adress street* moved+house | adres* sokak* cadde* daire* kapi+no kapi+numara*
LOCATION | locat* where+store where+shop where+you where+your+store direction* find+us find+you map situated near*+shop come+by visit* drop+in branch* | magaza*+nere* magaza*+nerd* dukkan*+nere* dukkan*+nerd* sube*+nere* sube*+nerd* neredesiniz nerdesiniz konum* ugra* ziyaret* yeriniz yol+tarifi harita* nereye+gel*
STORE~ | store stores shop shops showroom* boutique* outlet* branch* office* premises | magaza* dukkan* sube* sube ofis* isyeri*
HOURS | open opens opening close closes closing closed hours business+hours what+time until+when working+hours | acik* kapali* acilis* kapanis* kapan* saatler* calisma+saat* mesai* kacta kaca+kadar saat+kac* saatiniz acilir
DAY~ | monday* tuesday* wednesday* thursday* friday* saturday* sunday* weekend* weekday* holiday* | pazartesi* sali saliya carsamba* persembe* cuma cumaya cumartesi* pazar haftasonu hafta+son* hafta+ici bayram* tatil*
PARKING | parking carpark car+park park* garage* | otopark* park* garaj* arac* arabami
CONTACT | contact contacting contact+you contact+us reach*+you reach*+us reach*+person phone+number phone+line call+you call+us talk+to speak+to human agent* real+person representative* customer+service support+team hotline email+address write+us whatsapp telephone* ring number+ring support helpline | iletisim* ulasabil* size+ulas* bize+ulas* temsilci* yetkili* musteri+hizmet* canli+destek* telefon+numara* numara*+ara* arayabil* arayay* konusabil* biriyle* insanla* mail+adres* destek+hat*
PAY | pay pays payment* paid paying payable accept+card* checkout charge charged | ode* odeme* odenir odeyebil* tahsilat*
CARD | card cards credit+card* debit* visa mastercard maestro troy | kart kartla karti kartim kartlar* kartlari* kartina kredi+kart* banka+kart*
AMEX | amex american+express | amex
TRANSFER | transfer wire* wired bank+transfer iban | havale* eft iban*
CASH | cash cod on+delivery pay*+delivery pay+courier money+delivery* | nakit* kapida+ode* kuryeye+ode* elden+ode*
WALLET | paypal apple+pay google+pay klarna wallet* | paypal* apple+pay google+pay papara cuzdan*
CRYPTO | bitcoin* crypto* ethereum btc | bitcoin* kripto* coin
INSTALMENT | instalment* installment* instalments month*+by+month pay+month* pay*+later split+payment* split+cost split+sum split+bill in+parts financ* financing monthly+pay* spread*+cost* klarna | taksit* aylara* ay+ay vade* parca+parca tek+cekim
INVOICE | invoice* bill bills receipt* proof+purchase | fatura* fis fisi makbuz* irsaliye*
TAX | vat tax taxes tax+number | kdv vergi*
DISCOUNT | discount* percent+off percent+less percent+cheaper coupon* cupon* voucher+code* voucher* promo* promotion* code codes rebate* money+off special+offer* offer+code deal deals reduced cheaper+many better+price | indirim* yuzde+indirim* yuzde+daha+az kupon* kod kodu kodum kodun kodlar* kodunu kampanya* promosyon* firsat* ucuz+olur
COMBINE | one+code one+per combin* stack* two+codes several+codes together both+codes | birlestir* birles* ayni+anda iki+kod*
SALE | sale sales clearance black+friday | sezon+sonu outlet ucuzluk
CHEAPER | cheaper price+match* pric*+match* match+price* lower+price* best+price less+elsewhere price+differ* beat+price* | daha+ucuz* ucuza fiyat+fark* fiyat+esit*
WARRANTY | warrant* guarante* | garanti*
REPAIR | repair* fix fixed fixing mend* service+centre service+center workshop* technician* | tamir* onar* servis* usta* atolye* teknisyen*
TAILOR | shorten* alteration* alter tailor* hem hemming take+in made+measure | kisalt* tadilat* daralt* terzi* paca*
WASH | wash* laundr* launder* iron ironing dry dryer drier tumbl* washing bleach machine+washable | yika* utu* kurut* leke* camasir+makinesi*
CLEAN | clean* descal* maintain* maintenance care looking+after look+after rinse | temizle* temizlik* kirec* bakim* bakimi
SIZE | size sizes sizing fit fits fitting run+small run+large true+size measure* too+big too+small too+tight between+sizes what+size waist | beden* numara* kalip* kalib* olcu* bol dar hangi+boy kac+beden olculer*
COLOUR | colour* color* shade* undertone | renk* reng* ton tonu tonunu tonlar*
MATERIAL | material* fabric* made+of cotton leather wool polyester textile* linen | kumas* malzeme* pamuk* deri+mi yun* hangi+kumas* neyden* keten*
INGREDIENT | ingredient* contain* vegan vegetarian paraben* perfume* fragrance* scent* allerg* gluten* nuts organic what+in+it halal lactose sugar | icerik* icerig* icerir icinde+ne icinde+var vegan parfum* alerji* alerjen* koku* gluten* organik* helal* katki* seker*
SKIN | skin rash* irritat* reaction* sensitive eczema acne | cilt* cild* tepki* kizar* kasin* hassas* egzama* sivilce*
ANIMALS | animal* cruelty tested+on | hayvan*
GREEN | sustainab* recycl* eco ecolog* environment* climate carbon biodegrad* | surdurulebil* geri+donus* cevre* karbon*
ORIGIN | made+in origin sewn manufactur* produced where+made factory produc*+where where+come*+from | uretil* uretim* uretiyor* mense* dikil* nerede+yapil* nerede+uretil* yerli
STOCK | stock* restock* sold+out back+in+stock out+of+stock availab*+again in+stock back+in available+again run+out | stok* tuken* tukendi tekrar+gel* yeniden+gel* kalmadi kalmamis bitti bitmis
WRAP | gift+wrap* wrap* giftwrap* gift+box* gift+packag* | hediye+paket* paketleme* hediye+kutu* hediye+paketi*
GIFTCARD | gift+card* gift+voucher* giftcard* gift+certificate* voucher voucher+valid store+credit | hediye+kart* hediye+cek* cek+bakiye* hediye+cekim
GIFT~ | gift* present presents birthday | hediye* dogum+gun* armagan*
LOYALTY | loyalt* points reward* member+club bonus+points club collect+points member* | puan* puanlar* sadakat* biriktir* uyelik+avantaj* kulup
ACCOUNT~ | account* profile register* registration sign+up | hesap* hesab* uyelik* uye profil* kayit*
LOGIN | login log+in log*+in sign+in password* logged locked+out can+log forgot+pass* passcode | giris+yap* giremiyorum giremi* sifre* parola* oturum*
DELETE | delet* remov* erase close*+account clos*+account | sil silmek silin* siler* silmek hesab*+kapat* uyelig*+iptal* kaldir*
PRIVACY | privacy gdpr personal+data my+data data+protect* cookie* | gizlilik* kvkk kisisel+veri* verilerim* cerez*
NEWSLETTER | newsletter* subscrib* unsubscrib* mailing+list | bulten* abone* reklam+mail*
WHOLESALE | wholesal* bulk resell* reseller* retailer* dealer* trade+price* distributor* large+quantit* | toptan* toplu+al* bayi* bayilik* yuklu+miktar*
BUSINESS | business compan* corporate school* firm institution* club+order office+order on+account | sirket* kurumsal* firma+adina firmam* okul* kurum* isyeri+adina
JOBS | job jobs hir*+people are+hiring you+hiring currently+hiring vacanc* career* work+for+you work+at+your working+with+us internship* apprentic* position* apply+job employ* recruit* | is+basvuru* kariyer* eleman* staj* pozisyon* is+ilan* calisan+ariyor* personel* ise+alim* cirak* sizinle+calis* bizimle+calis*
RENT | rent renting rental* rents hire hires hired borrow* lend* lease | kirala* kiralik* odunc* kira
TRADEIN | trade*+in sell+my sell+you buy+used buy+old buy*+used secondhand second+hand give+for+old tak*+off+hands | satmak+ist* size+sat* ikinci+el ikinciel eski*+getir* cihaz+sat* kullanilmis+al*
HAUL | tak*+old old+away tak*+away haul* dispos* get+rid | eski*+al* eski*+gotur* gotur*
OLD~ | old | eski*
REFURBISHED | refurb* renewed reconditioned grade+a | yenilenmis* refurbish*
INSTALL | install installed installing installation* hook*+up connect* set*+up assembl* put+together mounted mounting | kur kurulum* kurul* montaj* baglan* bagliyor* monte* takil*
APPOINTMENT | appointment* book booking booked reserv* schedule | randevu* rezerv* sira+al* yer+ayirt*
TRYOUT | try+out test+ride* test+drive trial* sample* try+before demo* spin+before | dene denem* deneye* prova* numune* ornek+urun* tester
EXPIRE | expir* valid validity shelf+life best+before last+opened how+long+last use+by how+long+keep | gecerli+sure* gecerli* son+kullan* raf+omr* omru suresi+dol* dayanir dayaniyor
BATTERY | batter* charge+time charging charger* accu | pil pili piller* batarya* sarj* aku*
WEIGHT | weigh* heavy weight how+heavy lbs | agirlik* agirlig* kac+kilo kac+kg agir
DIMENSION | dimension* height width depth how+tall how+high how+wide length | boyut* santim* yukseklik* genislik* uzunluk* kac+cm
POWER | watt watts wattage volt* voltage energy+class | watt voltaj* enerji+sinif*
WATERPROOF | waterproof* water+resist* water+proof water+repell* sweatproof rainproof | suya+dayanikli su+gecir* su+gecirmez* suya+daya*
CHILDREN | kid kids child* baby babies toddler* | cocuk* cocug* bebek* bebeg* oglum kizim
STUDENT | student* teacher* senior* military nurse* pensioner* | ogrenci* ogretmen* emekli* asker
WEATHER | weather forecast rain+tomorrow will+rain temperature+outside | hava+nasil hava+durumu hava+bugun hava+yarin yagmur+yag*
BOSS | owner ceo founder who+own* married | sahibi patron* mudur* kurucu* kim+kurdu
HISTORY | founded established how+old+company since+when+you in+business company+history | kurulmus* kuruldu ne+zaman+kurul* kac+yilinda
ADVICE | recommend* suggest* advice advise which+better which+best which+best is+good+for best+for | oner oneri* onerir* tavsiye* hangisi+iyi hangisi+daha
REVIEW | review* rating* testimonial* | yorum* degerlendirme*
MANUAL | manual* instruction* guide user+guide handbook | kilavuz* talimat* kullanma+kilavuz*
SUBSCRIPTION | subscription* subscribe* plan plans membership+fee auto+renew* renew* | abonelik* uyelik+ucret* yenileme* paket+fiyat*
COMPLAIN | complain* complaint* unhappy terrible unacceptable disappointed | sikayet* memnun+degil* rezalet
SECURE | secure* security safe+pay* scam fraud trust* ssl | guvenli* guvenilir* dolandiric*
DONATE | donat* charit* | bagis* hayir+kurum*
PETS | dog dogs cat cats pet pets | kopek* kedi* evcil*
RESERVE | hold+for+me put+aside keep+for+me lay+by | ayir ayirt* ayirabil* kenara+koy*
MENU | menu* breakfast lunch dinner dish dishes food | menu* kahvalti* yemek* ogle*
WIFI | wifi wi+fi internet+access | wifi kablosuz+ag
CHECKIN | check+in checkin check+out late+arrival | giris+saat* cikis+saat* check+in
MINIMUM | minimum least+order min+order | minimum asgari en+az alt+sinir* alt+limit*
DATA | copy+data transfer+data move+data my+photos my+contacts data+transfer transfer+photos moving+data | veri*+aktar* aktar* rehber* fotograf*+aktar*
UNLOCKED | sim sim+card* simlock unlocked esim carrier+lock any+carrier | sim+kart* sim esim hat+kilid* kilitsiz*
SCREEN | screen* display* | ekran*
OPENED | opened unsealed unpacked unboxed tried+on broke+seal already+opened | actim actigim acilmis* acmistim acinca muhr* bandi ambalaj*+ac*
HYGIENE | hygien* underwear lingerie swimwear bikini earring* | hijyen* ic+giyim* mayo* kupe*
FREE | free gratis complimentary no+charge on+house no+cost | ucretsiz* bedava* parasiz* bizden
PRICE | cost costs price* fee fees charge* how+much pay+for have+to+pay must+pay expensive tariff* rate rates | ucret* fiyat* ne+kadar+tut* kac+para kac+tl kac+lira bedel* tutar* tutari maliyet* kaca kac+paraya oduyor* odeyecek+mi* oder+miyim
ORDER~ | order orders ordered ordering purchase* bought buy buying | siparis* satin+al* aldim aldigim alisveris*
SELL~ | sell sells selling sold carry stock+any have+any | satiyor* satis* satar* bulunur bulunuyor
`;

/** What is asked: what a passage may say instead that was not put in the same words. */
export const neighbours = `
RETURN: REFUND EXCHANGE
REFUND: RETURN
EXCHANGE: CHANGE RETURN SIZE
CHANGE: EXCHANGE CANCEL
CANCEL: CHANGE RETURN
OPENED: HYGIENE RETURN
HYGIENE: OPENED
DAMAGED: DEFECT WRONG MISSING
DEFECT: DAMAGED REPAIR WARRANTY WRONG
WRONG: DAMAGED DEFECT MISSING EXCHANGE
MISSING: DAMAGED WRONG
LOST: TRACK
TRACK: LOST SHIPPING
SHIPPING: ARRIVE PARCEL
ARRIVE: SHIPPING
EXPRESS: SHIPPING
ABSENT: PICKUP
CUSTOMS: TAX
TAX: CUSTOMS INVOICE
CARD: PAY
AMEX: CARD PAY
TRANSFER: PAY
CASH: PAY
WALLET: PAY
INSTALMENT: PAY
INVOICE: TAX
BUSINESS: WHOLESALE INVOICE
WHOLESALE: BUSINESS
SALE: DISCOUNT
CHEAPER: SALE DISCOUNT
LOCATION: ADDRESS STORE
ADDRESS: LOCATION
STORE: LOCATION
HOURS: DAY
DAY: HOURS
WASH: CLEAN
CLEAN: WASH
INGREDIENT: MATERIAL
MATERIAL: INGREDIENT
LOGIN: ACCOUNT
DELETE: PRIVACY ACCOUNT
PRICE: FREE
FREE: PRICE
SIZE: DIMENSION
SKIN: INGREDIENT
`;

/** Things that are sold and asked for; which one it is seldom decides where the answer stands. */
export const wares = `
washing+machine* coffee+machine* camasir+makine* bulasik+makine* kahve+makine* saat+kol phone phones smartphone* iphone* android tablet* ipad* laptop* notebook computer* pc tv tvs television* camera* headphone* earphone* earbud* speaker* console* keyboard* mouse printer* monitor*
watch watches charger cable* fridge* refrigerator* freezer* oven* dishwasher* washer machine* vacuum* kettle* toaster* blender* iron lamp* furniture sofa* couch* chair* table* bed beds mattress* carpet*
rug* curtain* pillow* dress dresses shirt* tshirt* blouse* trouser* pants jeans skirt* shorts sweater* jumper* cardigan* hoodie* pullover* jacket* coat* scarf scarves hat hats glove* sock* shoe* boot* sneaker*
sandal* heels bag bags handbag* backpack* belt* jewel* ring necklace* bracelet* clothes clothing garment* lipstick* mascara* foundation* powder* cream* lotion* shampoo* palette* brush* perfume serum* toy toys
book books game games bike bikes bicycle* helmet* tent* tyre* tire* plant* flower* coffee tea cake* bread wine device* gadget* appliance* accessor* piece item* thing* product* article* stuff goods
telefon telefonu* telefonum* telefonlar* bilgisayar* tablet* televizyon* kamera* kulaklik* kulaklig* hoparlor* klavye* yazici* saat+kol buzdolab* dondurucu* firin* bulasik* camasir* makine* supurge* robot* cihaz* alet* lamba* mobilya*
koltuk* sandalye* masa* yatak* hali* perde* yastik* elbise* gomlek* bluz* pantolon* kot kotlar* kotun etek* sort kazak* hirka* ceket* mont montu montum montun kaban* palto* atki* sapka* eldiven* corap* ayakkab* bot botlar* botu terlik* topuk* canta*
kemer* yuzuk* kolye* bilezik* kiyafet* giysi* ruj* rimel* maskara* fondoten* pudra* krem* sampuan* palet* firca* oyuncak* kitap* oyun* bisiklet* kask* cadir* lastik* cicek* kahve* cay urun* esya* parca* sey seyi
`;

/** What people say in passing; it tells nothing of what they ask. */
export const smallTalkEnglish = `
about above actually again ago already also although always another any anybody anyone anything anyway around as aside away back bad because become been began begin behind being believe better big bought bring brings bring brought but
came care case cases certain chance clear close come comes coming completely cool cos could couple cuz day days decide definitely different doing done door down during each early either else end enough especially even evening ever every everybody everyone everything exactly example except excited
far feel feels felt few finally find first five for forward found four friend friends from front full fully fun gave get gets getting give gives giving given go goes going gone got guess had half happen happened happens happy hard hardly has hate have hear heard hello hey hi thanks thank pls please plz helpful her here high him hope hopefully how however
idea inside instead into its itself just keep keeps kept kind knew know known last lately later latest least leave left less let lets life like liked likes line list little live lives living look looking looks lot lots love loved luckily made mainly make makes making many matter may maybe me mean means meant mention middle might mind mine minute minutes moment month months more morning most mostly much must myself
name nearly need needed needs never new next nice night nobody none normal normally nothing notice now number obviously off often oh old once one ones only onto or other others otherwise our out over own part past people perfectly perhaps person place plan planning please possibly pretty probably problem problems put puts quick quickly quite
rather read ready real really reason recently regarding remember rest right round run said same saw say saying says second see seem seems seen several shall she short should show shows side simply since single six small so some somebody somehow someone something sometimes somewhere soon sorry sort speak spend spent start started still stop story straight strange stuff such suddenly supposed sure
take takes taken taking talk tell ten than that their them then there these thing things think thinking third this those though thought three through throughout thus till time times to today told tomorrow tonight too took top toward tried tries try trying turn turned twice two under unfortunately unless until up upon us use used uses using usual usually
version very via wait waited waiting want wanted wants was way week weeks well went were what whatever when where whether which while who whole why will wish with within without won wonder wondering word work works would wrong year years yes yesterday yet you your yourself husband wife son daughter mother father mum mom dad brother sister family girlfriend boyfriend kind hi god honestly dollar dollars bucks euro euros pound pounds anymore guy guys evening afternoon
`;
/** The same in Turkish. */
export const smallTalkTurkish = `
acaba lira liralik liraya tl euro aksam alacagim alacagiz aldi aldik alip almak altinda an ancak anda anlamadim arada arkadas arkadasim artik asla ayni ay aylik az bakiyorum baska bazen bazi belki ben bence beri beraber bile bilgi bilir biliyor bin bir biraz biri birkac birlikte bitti boyle bugun bulamadim bulunuyor butun bunlar burada burasi buradan
cikan cikar ciksa cok cunku daha dahil degil demek demis der devam dedi dedim dedik dedigim diger diye diyor diyorlar dogru dolayi dun dusunuyorum duydum duz eden eder ederim edecegim edip eger elimde en esim etti ettik ettim evet fark fazla filan gecen gece geldi geldim gelse gelsem gelip genel gercekten gerek geri gibi gidiyorum gidip girdim giris giriyorum gitmek gore gordum gormedim gorunuyor gun gunduz gundur gunluk guzel
hafta haftadir hakkinda halde halinde hangi hani hatta hayir hem hemen henuz hepsi her herhalde herhangi herkes hic iki ilk in ister istedim istemiyorum istersem istiyor istiyorum isterim itibaren iyi kaldi kalmis kardesim kendi kendim kez kim kimse kisa kisi kiz kizim kocam kullaniyor kullanmak mesela mi nasil ne neden nedense niye o oglum olan olabilir olacak olarak oldu oldugu olmali olmasi olmak olmaz olsa olsun olup olur oluyor once onceki ondan onu orada oyle ozel
parca peki pek pls rica rica ederim sabah sadece sanirim sebebi sefer sene senedir seneye sekilde simdi sira siz sizde sizden sizin son sonra sorun sorunum soyle soyledi su sunu sure suan tam tamam tane tek tekrar ters tum tur ustunde uzere uzun var varsa verdim verdiginiz vermek veya verin ya yada yakin yani yanlis yapabilir yapacagim yapalim yapar yapin yapiyor yaptim yarin yaz yazdim yeni yer yerde yerine yil yillardir yine yok yoksa zaman zaten zor dusundum annem babam bucuk saatte anneme hediyelik arkadasima lutfen bi bisey birsey bisi napabilirim napmaliyim napicam ediyorum edebilirim
`;

/** Places by name; a customer names their own, a business the union or the region that it is in. */
export const places = `
austria avusturya* belgium belcika* bulgaria* bulgaristan* croatia* hirvatistan* cyprus kibris* czech* cekya* denmark danimarka* estonia* finland* finlandiya* france fransa* paris germany almanya* berlin munich munih* greece yunanistan*
hungary macaristan* ireland irlanda* italy italya* rome roma* milan* latvia* lithuania* luxembourg malta netherlands holland* hollanda* amsterdam poland polonya* portugal portekiz* romania* romanya* slovakia* slovenia* spain ispanya* madrid sweden isvec* vienna viyana*
`;
export const union = 'european eu europe union avrupa birligi';
/** Places outside of it. */
export const abroadPlaces = `
usa america* american amerika* abd us states york california canada kanada* mexico meksika* brazil brezilya* argentina* australia* avustralya* zealand japan* japonya* china cin cine korea* kore* india hindistan* russia* rusya* ukraine ukrayna* georgia gurcistan* tbilisi
azerbaijan azerbaycan* baku* iran* iraq irak* israel* israil* egypt misir* dubai* saudi* arabistan* qatar katar* africa* afrika* asia asya* norway norvec* switzerland isvicre* swiss uk britain england ingiltere* london londra* scotland* iceland* serbia* sirbistan* bosnia* bosna* albania* arnavutluk* kosovo*
`;

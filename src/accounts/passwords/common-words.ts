/**
 * What passwords are most often made of, folded as `guessable` folds them: what everyone picks first, in the languages of those
 * who use this. Written by hand from general knowledge, not taken from anybody's list of stolen passwords.
 */
export const commonWords: ReadonlySet<string> = new Set(
  `password passwords passw passwort kennwort parola sifre sifrem sifremi contrasena motdepasse senha haslo parool wachtwoord
   mypassword thepassword newpassword oldpassword defaultpassword changeme changeit changethis letmein letmeinnow openit opensesame
   welcome welcometo welcomeback hello hellohello helloworld hithere goodmorning goodbye merhaba merhabadunya selam gunaydin
   admin administrator adminadmin superadmin sysadmin root rootroot superuser user username guest test testing tester testtest
   testuser demo example sample temp temporary login signin logon master default system server database manager support
   iloveyou iloveu iloveyoubaby iloveme loveyou lovelove love lover forever foreveryoung mylove seniseviyorum seviyorum askim
   askimaskim bebegim canim canimbenim hayatim princess princesa babygirl babyboy sweetheart darling sunshine
   monkey dragon shadow superman batman spiderman ironman starwars pokemon naruto minecraft fortnite football futbol
   baseball basketball soccer hockey tennis chelsea arsenal liverpool barcelona realmadrid juventus manchester manutd
   galatasaray fenerbahce besiktas trabzonspor bursaspor cimbombom karakartal istanbul ankara izmir turkiye turkey ataturk
   london paris berlin newyork california america germany england france mexico canada australia india
   michael jennifer jessica michelle daniel andrew matthew joshua ashley amanda charlie thomas robert jordan george
   ahmet mehmet mustafa ali ayse fatma emre murat hasan huseyin ibrahim zeynep elif burak
   qwerty qwertz azerty asdf asdfgh zxcvbn qazwsx qweasd qweasdzxc asdasd qweqwe zxczxc abc abcd abcdef
   january february march april may june july august september october november december
   monday tuesday wednesday thursday friday saturday sunday spring summer autumn fall winter
   ocak subat mart nisan mayis haziran temmuz agustos eylul ekim kasim aralik ilkbahar yaz sonbahar kis
   whatever nothing something anything secret topsecret mysecret trustno trustnoone access accessdenied google facebook
   instagram whatsapp twitter youtube microsoft windows apple iphone samsung computer internet network security
   company business office work shop store market money dollar bitcoin freedom jesus jesuschrist godisgood allah bismillah
   blessed angel angels heaven diamond flower butterfly chocolate cookie coffee banana orange pepper ginger summertime
   correcthorsebatterystaple parley inbox messenger`.split(/\s+/),
);

/** Rows of keys and alphabets that fingers run along, in this direction or the other. */
export const runs: readonly string[] = [
  '1234567890',
  '0123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiop',
  'qwertyuıopğü',
  'qwertzuiop',
  'azertyuiop',
  'asdfghjkl',
  'asdfghjklşi',
  'zxcvbnm',
  'yxcvbnm',
  'zxcvbnmöç',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  'qazwsxedcrfvtgbyhnujm',
  'zaq1xsw2cde3vfr4bgt5nhy6mju7',
  '!@#$%^&*()',
  '!"#$%&/()=',
];

/** Why nothing was connected, by the reasons that the server names. */
const refusals = {
  refusal: {
    TOKEN_MALFORMED: 'This is not an access token: it is one long word. Copy it again.',
    ACCOUNT_TAKEN:
      'This account is connected in another workspace of this server. Disconnect it there first, or ask whoever runs that workspace.',
    CONNECTED_MEANWHILE: 'Somebody else is connecting this account right now. Try again.',
    CONSENT_NOT_OFFERED:
      'This kind of channel is not connected by a consent page of this server. Connect it by its id and token, or ask the operator to set up the app.',
    CONSENT_TOO_MANY: 'Too many connections are under way. Wait a little.',
    CONSENT_NOTHING_CHOSEN: 'Choose at least one account.',
    CONSENT_NOT_GRANTED: 'One of these accounts was not granted. Choose among the options.',
    CONSENT_REFUSED:
      'You did not give your consent, so nothing was connected. Start again and confirm to the end, if you want to connect.',
    CONSENT_FAULT: 'The platform reported a fault, so nothing was connected. Start again.',
    CONSENT_UNASKED: 'The platform could not be asked what you granted. Nothing was connected; start again.',
    CONSENT_UNREACHED: 'Meta could not be reached. Nothing was connected; start again in a minute.',
    CONSENT_BUSY: 'Meta cannot answer right now. Nothing was connected; start again in a minute.',
    CONSENT_UNTOLD: 'Meta did not say what was granted. Nothing was connected; start again in a minute.',
    CONSENT_DECLINED:
      'Meta did not accept the consent (error {{error}}). It may have taken too long: start again. If it happens again, the operator has to check the app’s id, secret and redirect addresses.',
    CONSENT_NO_ACCOUNT:
      'Instagram did not say which account signed in. Nothing was connected; start again in a minute.',
    CONSENT_NO_PERMISSION: 'What is needed was not given. Start again and leave every permission switched on.',
    CONSENT_NO_PAGE: 'No Page was chosen. Start again and choose at least one Page that you manage.',
    CONSENT_NO_RIGHT:
      'You may not answer messages for the Pages that you chose. Ask an administrator of the Page for that right, or choose another.',
    CONSENT_NO_NUMBER:
      'The WhatsApp Business account has no phone number yet. Add one in the WhatsApp Manager, then start again.',
    CONSENT_OTHER_NUMBER: 'This number was not granted. Start again and choose it to the end.',
    CONSENT_OTHER_BUSINESS: 'This WhatsApp Business account was not granted. Start again and choose it to the end.',
    META_ID_MALFORMED: 'This is not an id of Meta: it is a number such as 900000000000001.',
    META_UNREACHED: 'Meta could not be reached. Nothing was changed; try again in a minute.',
    META_BUSY: 'Meta cannot answer right now. Nothing was changed; try again in a minute.',
    META_NO_APP: 'This server has no Meta app. Its operator has to set META_APP_ID and META_APP_SECRET.',
    META_ODD_ANSWER: 'Meta gave an answer that cannot be understood. Nothing was changed; try again later.',
    META_REFUSED: 'Meta refused it (error {{error}}). Nothing was changed.',
    META_PERMISSION:
      'The access token lacks a permission that is needed for this. Make one with the permissions that are listed.',
    META_ASSET_UNKNOWN: 'Meta knows nothing with this id, or this access token may not see it. Check the id.',
    META_TOKEN_UNKNOWN:
      'Meta does not know this access token. Copy it again; if it is right, the operator has to check META_APP_ID and META_APP_SECRET.',
    META_TOKEN_OTHER_APP:
      'This access token was made for another Meta app. Make one with the app that this server uses.',
    META_TOKEN_INVALID: 'This access token is not valid, or no longer. Make a new one and connect again.',
    META_TOKEN_APP_REMOVED:
      'This access token no longer works: the app was removed from the account. Make a new one and connect again.',
    META_TOKEN_UNCONFIRMED:
      'This access token does not work until the account holder has confirmed their sign-in on facebook.com. Make a new one and connect again.',
    META_TOKEN_PASSWORD:
      'This access token no longer works: the password of the person behind it was changed. Make a new one and connect again.',
    META_TOKEN_EXPIRED: 'This access token has expired. Make a new one and connect again.',
    META_TOKEN_WITHDRAWN: 'This access token was withdrawn. Make a new one and connect again.',
    META_TOKEN_NO_ROLE:
      'This access token no longer works: the person behind it has no role on the Page any more. Make a new one and connect again.',
    PAGE_OTHER: 'This access token is for another Page. Make one for this Page, or give the id of the other.',
    INSTAGRAM_OTHER:
      'This access token is for another Instagram account. Make one for this account, or give the id of the other.',
    INSTAGRAM_NOT_LINKED:
      'This Instagram account is not the one that is linked to the Page. Link it in the Page’s settings, or give the id of the linked account.',
    WHATSAPP_OTHER: 'This access token was granted for other WhatsApp Business accounts.',
    WHATSAPP_NUMBER_UNKNOWN:
      'This is not a phone number of that WhatsApp Business account. Its numbers and their ids are listed in the WhatsApp Manager.',
    NUMBER_NOT_CONNECTED: 'Only a number of WhatsApp that is connected is registered.',
    NUMBER_UNVERIFIED: 'This number has to be verified first, in the WhatsApp Manager.',
    NUMBER_DELETED: 'This number was deleted a short time ago. Wait five minutes, then try again.',
    NUMBER_TOO_OFTEN: 'WhatsApp lets a number be registered ten times in three days. Try again after that.',
    PIN_MALFORMED: 'A PIN has six digits.',
    PIN_OTHER:
      'This number has a PIN for two-step verification already, and it is another one. Enter that one, or reset it in the WhatsApp Manager.',
    PIN_TOO_OFTEN:
      'Too many wrong PINs were given for this number. Wait until WhatsApp takes another, or reset it there.',
    PIN_JUST_GIVEN: 'The last PIN was given a moment ago. Wait a minute, then try again.',
    WHATSAPP_BUSY: 'WhatsApp cannot answer right now. Try again in a minute.',
    TELEGRAM_TOKEN_MALFORMED:
      'This is not a bot token: it is a number, a colon and one long word, as @BotFather writes it.',
    TELEGRAM_TOKEN_UNKNOWN:
      'Telegram does not know this token, or no longer. Copy it again from @BotFather: send it /mybots, choose the bot, then API Token.',
    TELEGRAM_UNREACHED: 'Telegram could not be reached. Nothing was changed; try again in a minute.',
    TELEGRAM_BUSY: 'Telegram cannot answer right now. Nothing was changed; try again in a minute.',
    TELEGRAM_ADDRESS:
      'Telegram cannot call this server at its public address. PUBLIC_URL has to be an https address on port 443, 80, 88 or 8443; ask whoever runs this server.',
    TELEGRAM_ODD_ANSWER:
      'Telegram gave an answer that cannot be understood (HTTP {{status}}). Nothing was changed; try again later.',
    LINE_SECRET_MALFORMED:
      'This is not a channel secret: it is 32 digits and letters, under Basic settings of the channel.',
    LINE_TOKEN_UNKNOWN:
      'LINE does not know this channel access token. Issue a long-lived one under Messaging API in the LINE console.',
    LINE_UNREACHED: 'LINE could not be reached. Nothing was changed; try again in a minute.',
    LINE_BUSY: 'LINE cannot answer right now. Nothing was changed; try again in a minute.',
    LINE_REFUSED:
      'LINE refused it (HTTP {{status}}). Nothing was changed. The public address of this server has to be https.',
    MAIL_ADDRESS_MALFORMED: 'This is not a mail address. It looks like support@example.com.',
    MAIL_SERVER_MALFORMED: 'This is not the address of a server for mail. It looks like mail.example.com.',
    MAIL_HOST_MALFORMED: 'This is not the name of a server.',
    MAIL_PORT: 'Mail servers are reached at port {{ports}}.',
    MAIL_PASSWORD_MISSING: 'The password is missing.',
    MAIL_PERCENT: 'A percent sign in the name or password is written %25.',
    MAIL_CHARACTERS: 'The name or password has characters that no mail server takes.',
    MAIL_CREDENTIALS:
      'The mail server does not take this name and password. Many providers want a password made for apps instead of your own.',
    MAIL_UNSAFE:
      'The mail server cannot be reached safely: it has no public address, no TLS, or a certificate that is not its own.',
    MAIL_PROTOCOL: 'What answers there is not a mail server of this kind.',
    MAIL_UNREACHED: 'The mail server could not be reached. Nothing was changed; try again in a minute.',
    CHAT_NAME: 'Give it a name of 1 to {{most}} characters.',
    CHAT_TOO_MANY_DOMAINS: 'A chat may be shown on at most {{most}} domains.',
    CHAT_DOMAIN:
      'Domain {{place}} is none that a chat can be shown on. Write example.com, or *.example.com for all below it, or example.com:8443; http is for localhost alone.',
    CHAT_GREETING: 'A greeting has at most {{most}} characters.',
    CHAT_COLOR: 'Write the colour as #rrggbb, such as #2563eb.',
    CHAT_RADIUS: 'Corners are 0 to {{most}} pixels round.',
    CHAT_LOGO: 'Choose a PNG, JPEG, WebP or GIF that is not too large.',
    CHAT_GONE: 'This chat was disconnected. Make a new one for the site.',
    ofAccount: '{{account}}: {{words}}',
  },
};

export default refusals;

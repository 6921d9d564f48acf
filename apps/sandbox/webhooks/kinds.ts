/** The kinds of event that can be played on WhatsApp. */
export const WHATSAPP_KINDS = (
  'text image audio voice video document sticker location contacts button_reply list_reply ' +
  'nfm_reply button reaction order system unsupported status user_id_update smb_message_echo ' +
  'smb_revoke smb_edit user_preferences account_update template_status value_error'
).split(' ');

/** The kinds of event that can be played on Messenger. */
export const MESSENGER_KINDS = (
  'text quick_reply image video audio file sticker fallback template reel post appointment_booking ' +
  'ad_referral product reaction edit delivery read inbox_echo postback referral ' +
  'pass_thread_control take_thread_control request_thread_control app_roles policy optin ' +
  'account_linking response_feedback order leadgen unsend unsupported'
).split(' ');

/** The kinds of event that can be played on Instagram. */
export const INSTAGRAM_KINDS = (
  'text quick_reply image video audio file share story_mention story_reply reel ephemeral ' +
  'ad_referral reaction unsend edit unsupported read inbox_echo postback referral comment ' +
  'dashboard_test'
).split(' ');

/** What the law keeps from being erased: said beside a customer and at the privacy desk alike. */
const hold = {
  hold: {
    place: 'Place a legal hold',
    placeText: 'What it covers is erased by nobody while it stands: not by hand, not by a request, not by age.',
    placeNow: 'Place the hold',
    placed: 'The hold stands.',
    whose: 'What has to be kept?',
    ofContact: 'The data of one contact',
    everything: 'Everything in the workspace',
    chooseContact: 'Choose the contact first.',
    reason: 'Why it has to be kept',
    reasonHint: 'Which law, court or case. Owners and admins can read it.',
    kept: 'Kept by a legal hold since {{day}}:',
    allKept: 'All of this workspace is kept by a legal hold since {{day}}:',
    release: 'Release the hold',
    releaseText: 'Erasures that it stopped go on at once, and cannot be taken back.',
    released: 'The hold is released.',
  },
};

export default hold;

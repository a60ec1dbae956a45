// Sentences of invented reports. None is a report's; they are neutral and say little, as long as they say it plainly.

/** Running text between what counts. {team}, {children} and {area} are filled in. */
export const fillers = [
  'Records were up to date in most places that we looked at, and staff could explain how they were kept.',
  'The offices in {area} are easy to reach, and visits at home are arranged where travel is hard.',
  'Managers meet every fortnight and look at a small number of cases in turn.',
  'Several practitioners described the new recording system as slow at first and useful since.',
  'The {team} shares its building with two other teams, which shortens the way from one to the other.',
  'In one example, a practitioner changed the meeting place three times until it suited the family.',
  'Volunteers spoke well of the training that they had been given before their first panel.',
  'Links with schools are maintained by a named worker, and were valued by those we spoke to.',
  'Where plans were thin, this was mostly because the case had changed hands in the meantime.',
  'The board receives a summary of performance every quarter and asks for more where it needs to.',
  'We heard of long waits for some services, and of ways in which the {team} bridges them.',
  'Work with {children} who had moved into the area took longer to begin than other work.',
  'Examples of joint visits were seen, although they were not the rule.',
  'A group of {children} helped to choose the furniture of the waiting room.',
  'Sessions were adapted to what each of the {children} could take in.',
  'Feedback is collected at the end of an order, and a short report on it goes to the board.',
  'The written plans differ in length, and the short ones were not always the weaker ones.',
  'Partners described the leadership as open, and the direction as clear.',
  'Interpreters were used where they were needed, and letters were sent in plain language.',
  'Some of this work had only begun, so that its effect could not yet be seen.',
];

export const strengths = [
  'Managers know their caseload and act early when something changes',
  'The board is chaired with energy and asks for evidence of what works',
  'Staff are well trained, and speak highly of the support that they get',
  'Health services are close at hand, and waiting times are short',
  'Plans are written together with families and in words that they use',
  'Work with schools keeps most {children} in learning',
  'Victims are asked for their wishes, and hear what became of them',
  'Reviews follow quickly when circumstances change',
  'The police and the service share what they know without delay',
  'Interventions are chosen to suit each person, and are seen through',
  'Data is used to find out who is worse served, and why',
  'The voices of {children} shape what is offered',
  'Good relationships help {children} to comply with what is asked of them',
  'Premises are safe, welcoming and easy to reach',
  'Volunteers are recruited from all parts of the area, and are well supported',
  'Specialist workers give advice that practitioners act on',
  'Assessments draw on many sources and set out clearly what was found',
  'Diversity is understood, and services are shaped accordingly',
];

export const areasForImprovement = [
  'Contingency plans are too often left blank',
  'Some partners rarely attend the board',
  'The reasons for decisions are not always written down',
  'Too little is known about what happens after an order ends',
  'The safety of actual and potential victims is not given enough weight',
  'Reviews do not always lead to a change of plan',
  'Assessments of risk rely too much on what is reported by the {child}',
  'Waiting lists for speech and language therapy are long',
  'Supervision of new staff is uneven',
  'The information system makes it hard to find earlier plans',
  'Policies have not been brought up to date since the service moved',
  'Information from other agencies is not always asked for',
  'The views of fathers are seldom recorded',
  'Girls on the caseload have fewer services than boys',
];

export const recommendations = [
  'make sure that contingency plans are in place in every case, and are kept up to date',
  'review the way in which risk to other people is assessed, and train staff accordingly',
  'give the management board information on victims at least twice a year',
  'see to it that all {children} of school age have a full offer of education',
  'write a policy on resettlement with all partners, and measure what it brings',
  'fill the vacant posts, and keep caseloads at a level that allows good work',
  'set out clearly who decides on out-of-court disposals, and record why',
  'improve access to the case management system for seconded staff',
  'analyse the reasons for disproportionality, and act on what is found',
  'strengthen the oversight of work that is done together with other services',
  'reduce waiting times for mental health services',
  'find out why so few parents answer its surveys, and ask them in other ways.',
];

export const firstNames = 'Ada Bram Cora Dele Edith Farid Greta Hywel Imani Joss Keira Lowri'.split(' ');
export const surnames =
  'Aldworth Brinkley Castor Delamere Ellery Fenwick Garland Hollis Iveson Jessop Kirkland Lomax'.split(' ');

//! What business letters are about: who writes of it, its facts with their questions, and its sentences.

use super::matter::{Fact, Matter};

/// A letter's subject with those who write of it and a question for each of its facts.
pub(super) struct Cause {
    pub(super) matter: Matter,
    /// Names of senders with `{town}` and `{family}`; where there are none, any firm writes.
    pub(super) from: &'static [&'static str],
    pub(super) asks: &'static [&'static str],
}

pub(super) const CAUSES: [Cause; 10] = [
    Cause {
        matter: Matter {
            subject: "Your appointment",
            facts: &[
                ("Day of the appointment", Fact::Day(7, 40)),
                ("Time of the appointment", Fact::Hour),
                ("Room", Fact::Count(2, 340)),
                ("Adviser", Fact::Person),
            ],
            sentences: &[
                "Thank you for your call. We have set aside {0} at {1} for you.",
                "Please come to room {2} and ask for {3}. The meeting takes about half an hour.",
                "If the day does not suit you, let us know three days before and we shall find another.",
            ],
        },
        from: &["{town} Savings Bank", "{town} Advice Centre", "{family} & Partners, Tax Advisers"],
        asks: &[
            "On which day is the appointment?|For which day has the appointment been made?",
            "At what time is the appointment?|At what time is the reader expected?",
            "In which room does the meeting take place?|To which room should the reader come?",
            "Whom should the reader ask for?|With whom does the reader meet?",
        ],
    },
    Cause {
        matter: Matter {
            subject: "Change of your contract",
            facts: &[
                ("Number of the contract", Fact::Code("##-#####")),
                ("Day from which the new terms hold", Fact::Day(30, 120)),
                ("New monthly fee", Fact::Money(12.0, 80.0)),
                ("Notice period", Fact::One(&["four weeks", "six weeks", "three months"])),
            ],
            sentences: &[
                "From {1} new terms hold for your contract {0}.",
                "The monthly fee will be {2}. All other services remain as they are.",
                "You may end the contract with a notice of {3}. You need do nothing if you agree.",
            ],
        },
        from: &["{town} Public Utilities", "{family} Telecom", "{town} Mutual Insurance"],
        asks: &[
            "What is the number of the contract?|Which contract is changed?",
            "From which day do the new terms hold?|When do the new terms begin?",
            "How much is the new monthly fee?|What will the contract cost a month?",
            "With which notice may the contract be ended?|How long is the notice period?",
        ],
    },
    Cause {
        matter: Matter {
            subject: "Reminder of payment",
            facts: &[
                ("Number of the invoice", Fact::Code("INV-####")),
                ("Date of the invoice", Fact::Day(-60, -25)),
                ("Amount to pay", Fact::Money(35.0, 900.0)),
                ("Last day for the payment", Fact::Day(8, 16)),
            ],
            sentences: &[
                "Perhaps it has escaped your notice that our invoice {0} of {1} is still open.",
                "Please transfer {2} by {3}.",
                "If you have paid in the meantime, kindly disregard this letter.",
            ],
        },
        from: &[],
        asks: &[
            "Which invoice has not been paid?|What is the number of the open invoice?",
            "Of which date is the open invoice?|When was the invoice written?",
            "How much is to be paid?|How much money should be transferred?",
            "By when should the amount be paid?|Until which day is the payment expected?",
        ],
    },
    Cause {
        matter: Matter {
            subject: "Confirmation of your booking",
            facts: &[
                ("Number of the booking", Fact::Code("B-######")),
                ("Day of arrival", Fact::Day(20, 90)),
                ("Number of nights", Fact::Count(2, 9)),
                ("Number of guests", Fact::Count(2, 5)),
                ("Deposit", Fact::Money(40.0, 180.0)),
            ],
            sentences: &[
                "We are glad to confirm your booking {0}. We expect you on {1}.",
                "Rooms for {3} guests with a view of the garden are reserved for {2} nights; breakfast is served from seven.",
                "Please send a deposit of {4} within ten days.",
            ],
        },
        from: &["Hotel {family}", "Guest House at the Mill, {town}", "The {town} Arms"],
        asks: &[
            "What is the number of the booking?|Which booking is confirmed?",
            "On which day are the guests expected?|When do the guests arrive?",
            "For how many nights are the rooms reserved?|How many nights do the guests stay?",
            "For how many guests are the rooms?|How many guests are expected?",
            "How much is the deposit?|How much money should be sent within ten days?",
        ],
    },
    Cause {
        matter: Matter {
            subject: "Your application",
            facts: &[
                (
                    "Post applied for",
                    Fact::One(&[
                        "bookkeeper",
                        "laboratory assistant",
                        "stage technician",
                        "gardener",
                        "proofreader",
                        "cook",
                    ]),
                ),
                ("Day of the interview", Fact::Day(8, 24)),
                ("Time of the interview", Fact::Hour),
                ("Guide through the house", Fact::Person),
            ],
            sentences: &[
                "Your application for the post of {0} has pleased us very much.",
                "We should like to meet you on {1} at {2}. Please bring your certificates.",
                "{3} will show you the house afterwards and answer your questions.",
            ],
        },
        from: &[],
        asks: &[
            "For which post did the reader apply?|Which post is it about?",
            "On which day is the interview?|When should the reader come?",
            "At what time is the interview?|At what time does the interview begin?",
            "Who will show the reader the house?|Who answers questions afterwards?",
        ],
    },
    Cause {
        matter: Matter {
            subject: "Delivery of your order",
            facts: &[
                ("Number of the order", Fact::Code("ORD ######")),
                ("Number of parcels", Fact::Count(2, 7)),
                ("Day of delivery", Fact::Day(3, 12)),
                ("Carrier", Fact::One(&["Northpost", "Swift Parcel", "Cargo Line", "Rail Express"])),
            ],
            sentences: &[
                "Your order {0} left our warehouse today in {1} parcels.",
                "{3} will bring it to your door on {2}.",
                "Should anything be missing or damaged, tell the driver at once and write to us.",
            ],
        },
        from: &[
            "{family} Outfitters",
            "{town} Book Trade",
            "{family} Garden Supplies",
            "{family} Kitchenware",
        ],
        asks: &[
            "What is the number of the order?|Which order has left the warehouse?",
            "How many parcels are on their way?|In how many parcels was the order sent?",
            "On which day are the parcels delivered?|When does the order arrive?",
            "Who delivers the parcels?|Which carrier brings the order?",
        ],
    },
    Cause {
        matter: Matter {
            subject: "Works in your street",
            facts: &[
                ("Beginning of the works", Fact::Day(10, 40)),
                ("Duration of the works", Fact::One(&["two weeks", "ten days", "six weeks", "three months"])),
                ("House where the works begin", Fact::Street),
                ("End of the interruption", Fact::Hour),
                ("Site manager", Fact::Person),
            ],
            sentences: &[
                "The water pipes below your street are more than sixty years old and will be replaced from {0}.",
                "The works last {1} and begin in front of {2}. On the first day there is no water until {3}.",
                "{4} is on the site every morning and will help you with deliveries and parking.",
            ],
        },
        from: &["{town} Water Board", "Town of {town}, Roads and Pipes", "{town} Public Utilities"],
        asks: &[
            "From which day are the pipes replaced?|When do the works begin?",
            "How long do the works last?|How much time do the works take?",
            "In front of which house do the works begin?|Where do the works begin?",
            "Until when is there no water on the first day?|At what time does the water return on the first day?",
            "Who is on the site every morning?|Who helps with deliveries and parking?",
        ],
    },
    Cause {
        matter: Matter {
            subject: "Your membership",
            facts: &[
                ("Number of the member", Fact::Code("####")),
                ("Year of joining", Fact::Count(1984, 2018)),
                ("Annual fee", Fact::Money(20.0, 160.0)),
                ("Day of the general meeting", Fact::Day(20, 70)),
            ],
            sentences: &[
                "Thank you for your loyalty: you have been with us since {1}. Your number is {0}.",
                "The fee for the coming year is {2}, as before.",
                "We invite you to the general meeting on {3}; refreshments are provided.",
            ],
        },
        from: &[
            "{town} Rowing Club",
            "{town} Choral Society",
            "Friends of the {town} Museum",
            "{town} Allotment Society",
        ],
        asks: &[
            "What is the number of the member?|Which number does the member have?",
            "Since which year has the reader been a member?|In which year did the reader join?",
            "How much is the annual fee?|How much does the coming year cost?",
            "On which day is the general meeting?|When is the general meeting?",
        ],
    },
    Cause {
        matter: Matter {
            subject: "Results of the inspection",
            facts: &[
                ("Day of the inspection", Fact::Day(-20, -6)),
                ("Number of faults", Fact::Count(2, 9)),
                ("Last day for the repair", Fact::Day(30, 80)),
                ("Inspector", Fact::Person),
            ],
            sentences: &[
                "On {0} we inspected the lifts of your building.",
                "We found {1} faults of minor weight; a list is enclosed. Please have them repaired until {2}.",
                "{3} will come again afterwards and issue the new badge.",
            ],
        },
        from: &["{town} Technical Inspection", "{family} Lift Safety", "Safety Office {town}"],
        asks: &[
            "On which day were the lifts inspected?|When did the inspection take place?",
            "How many faults were found?|How many faults does the inspection name?",
            "By when should the faults be repaired?|Until which day may the repair take?",
            "Who will come again after the repair?|Who issues the new badge?",
        ],
    },
    Cause {
        matter: Matter {
            subject: "Thank you for your gift",
            facts: &[
                ("Amount of the gift", Fact::Money(50.0, 2500.0)),
                ("Day on which the gift arrived", Fact::Day(-15, -3)),
                (
                    "Purpose of the gift",
                    Fact::One(&[
                        "the new roof",
                        "books for the reading room",
                        "the school garden",
                        "two bursaries",
                    ]),
                ),
                ("Number of the receipt", Fact::Code("G-####")),
            ],
            sentences: &[
                "Your gift of {0} reached us on {1}. We thank you with all our heart.",
                "As you wished, it will be used for {2}.",
                "The receipt for your tax return bears the number {3}.",
            ],
        },
        from: &["{town} Grammar School", "Friends of {town} Library", "{town} School Foundation"],
        asks: &[
            "How much money was given?|How large was the gift?",
            "On which day did the gift arrive?|When did the gift reach the house?",
            "For what will the gift be used?|What is the gift for?",
            "Which number does the receipt bear?|What is the number of the receipt?",
        ],
    },
];

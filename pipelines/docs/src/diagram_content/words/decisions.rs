//! Decisions that are taken by questions, as whole trees: whatever is cut off, the rest still gives good advice.
//!
//! A line is an answer and what it leads to, further in for every question before it. Behind the bar stands what to do
//! when a question is not asked.

/// A decision: title, domain, and the tree.
pub(in crate::diagram_content) struct Decision {
    pub(in crate::diagram_content) title: &'static str,
    pub(in crate::diagram_content) domain: &'static str,
    pub(in crate::diagram_content) tree: &'static str,
}

pub(in crate::diagram_content) const DECISIONS: &[Decision] = &[
    Decision {
        title: "Which heating?",
        domain: "housing",
        tree: "
Near a heat grid? | Ask an adviser
  yes: Contract over 10 years? | District heating
    yes: District heating
    no: Rent a boiler
  no: Well insulated? | Heat pump
    yes: Garden available? | Air heat pump
      yes: Ground probe allowed? | Ground heat pump
        yes: Ground heat pump
        no: Air heat pump
      no: Noise limits met? | Air heat pump with hood
        yes: Small air heat pump
        no: Electric panels
    no: Gas connection? | Insulate first
      yes: Boiler older than 20 years? | Keep gas boiler
        yes: Hybrid system
        no: Service the boiler
      no: Room for a tank? | Wood stove
        yes: Pellet boiler
        no: Insulate first
",
    },
    Decision {
        title: "How to travel",
        domain: "railway",
        tree: "
Distance? | Take the train
  short: Raining? | Walk
    yes: Bus stop near? | Take the bus
      yes: Take the city bus
      no: Call a taxi
    no: Heavy luggage? | Ride a bike
      yes: Take the tram
      no: In a hurry? | Walk
        yes: Ride a bike
        no: Go on foot
  medium: More than two people? | Regional train
    yes: Group ticket sold? | Share a car
      yes: Regional train
      no: Share a car
    no: Bicycle coming along? | Express coach
      yes: Train with bike car
      no: Express coach
  long: After midnight? | Express train
    yes: Night train runs? | Night coach
      yes: Night train
      no: Night coach
    no: Seat reserved? | Express train
      yes: Express train
      no: Reserve, then go
",
    },
    Decision {
        title: "Treating a sick plant",
        domain: "garden",
        tree: "
Insects visible? | Wait a week
  yes: More than ten? | Wash the leaves
    yes: Edible plant? | Use soap spray
      yes: Use soap spray
      no: Use oil spray
    no: Pick them off
  no: Leaves yellow? | Check the soil
    yes: Soil? | Check the roots
      dry: Water daily
      damp: Add fertiliser
      wet: Roots brown? | Water less
        yes: Cut back and repot
        no: Water less
    no: Spots on leaves? | Leave it alone
      yes: White coating? | Remove spotted leaves
        yes: Spray diluted milk
        no: Remove spotted leaves
      no: Pot too small? | Nothing to do
        yes: Repot in spring
        no: In full sun? | Nothing to do
          yes: Move to half shade
          no: Nothing to do
",
    },
    Decision {
        title: "Lending decision",
        domain: "bank",
        tree: "
Earlier loans repaid? | Manual check
  yes: Permanent job? | Ask for payslips
    yes: Income above 3,000? | Shorter term
      yes: Amount above 20,000? | Approve at 4 %
        yes: Own home? | Refer to head office
          yes: Approve with mortgage
          no: Refer to head office
        no: Approve at 4 %
      no: Guarantor named? | Half the amount
        yes: Approve at 6 %
        no: Half the amount
    no: Savings above 5,000? | Decline for now
      yes: Approve at 7 %
      no: Customer for 5 years? | Decline for now
        yes: Offer an overdraft
        no: Decline for now
  no: Debt paid since? | Decline
    yes: Review in a year
    no: Decline
",
    },
    Decision {
        title: "No internet at home",
        domain: "telecom",
        tree: "
Router lights on? | Check the router
  no: Cable plugged in? | Plug in the router
    yes: Other socket works? | Replace power supply
      yes: Call an electrician
      no: Replace power supply
    no: Plug in the router
  yes: Which light? | Restart the router
    red: Outage reported? | Call the provider
      yes: Wait two hours
      no: Restart helped? | Call the provider
        yes: Note date and time
        no: Book a technician
    amber: Wait for the update
    green: Other devices work? | Restart the device
      yes: Password accepted? | Restart the device
        yes: Update the software
        no: Reset the password
      no: Works by cable? | Restart the router
        yes: Change Wi-Fi channel
        no: Reset the router
",
    },
    Decision {
        title: "What to cook",
        domain: "household",
        tree: "
Guests coming? | Cook what is there
  yes: Vegetarians? | Roast chicken
    yes: Oven free? | Mushroom risotto
      yes: Vegetable lasagne
      no: Mushroom risotto
    no: Budget? | Roast chicken
      small: Big pot of chilli
      medium: Roast chicken
      large: Baked sea bass
  no: Time? | Pasta with peas
    15 min: Eggs left? | Cheese toast
      yes: Omelette
      no: Cheese toast
    30 min: Rice in the house? | Pasta with peas
      yes: Fried rice
      no: Pasta with peas
    1 hour: Cold outside? | Baked potatoes
      yes: Lentil stew
      no: Children eating too? | Baked potatoes
        yes: Pancakes
        no: Baked potatoes
",
    },
    Decision {
        title: "Handling a return",
        domain: "shop",
        tree: "
Receipt there? | Ask the manager
  no: Bought with loyalty card? | Refuse return
    yes: Look up the sale
    no: Refuse return
  yes: Within 30 days? | Check the warranty
    yes: Condition? | Exchange
      unused: Paid by card? | Full refund
        yes: Refund to card
        no: Refund in cash
      used: Sale item? | Give a voucher
        yes: No refund
        no: Half refund
      broken: In stock? | Full refund
        yes: Exchange
        no: Full refund
    no: Under warranty? | Repair at cost
      yes: Maker's fault? | Send to maker
        yes: Repair free
        no: Send to maker
      no: Repair at cost
",
    },
    Decision {
        title: "Where to put the waste",
        domain: "waste",
        tree: "
Still usable? | Grey bin
  yes: Larger than a chair? | Swap shelf
    yes: Charity shop
    no: Swap shelf
  no: Chemicals inside? | Sort by material
    yes: Battery? | Hazard van
      yes: Battery box
      no: Hazard van
    no: Larger than a bin? | Sort by material
      yes: Metal? | Bulky waste day
        yes: Scrap yard
        no: Bulky waste day
      no: Material? | Grey bin
        paper: Clean? | Paper bin
          yes: Blue bin
          no: Grey bin
        glass: Deposit paid? | Bottle bank
          yes: Shop counter
          no: Bottle bank
        plastic: Yellow bag
        food: Brown bin
",
    },
    Decision {
        title: "Planning the excursion",
        domain: "school",
        tree: "
Weather? | Stay at school
  sunny: All can swim? | Forest walk
    yes: Lifeguard on duty? | Swim in the lake
      yes: Swim in the lake
      no: Picnic at the lake
    no: More than 25 pupils? | Climbing park
      yes: Zoo
      no: Climbing park
  cloudy: Coach booked? | Forest walk
    yes: Back by noon? | Farm visit
      yes: Farm visit
      no: Castle ruin
    no: Strong wind? | Walk by the river
      yes: Sports hall
      no: Walk by the river
  rainy: Tickets left? | Film afternoon
    yes: Budget? | Science museum
      small: City library
      large: Science museum
    no: Film afternoon
",
    },
    Decision {
        title: "Choosing a chart",
        domain: "survey",
        tree: "
What is shown? | Plain table
  change over time: How many series? | Line chart
    one: Few dates? | Single line
      yes: Column chart
      no: Single line
    few: Line chart
    many: Small multiples
  parts of a whole: More than one whole? | Pie chart
    yes: Stacked bars
    no: More than six parts? | Pie chart
      yes: Treemap
      no: Pie chart
  a relation: Two measures? | Scatter plot
    yes: Third measure too? | Scatter plot
      yes: Bubble chart
      no: Scatter plot
    no: Heat map
  single values: Long labels? | Horizontal bars
    yes: Horizontal bars
    no: Vertical bars
",
    },
    Decision {
        title: "Service call",
        domain: "factory",
        tree: "
Machine running? | Call the fitter
  no: Error shown? | Check the power
    yes: Under warranty? | Call the fitter
      yes: Call the maker
      no: Read the manual
    no: Fuse intact? | Check the power
      yes: Guard closed? | Press start again
        yes: Press start again
        no: Close the guard
      no: Change the fuse
  yes: Above 80 °C? | Check oil level
    yes: Fan turning? | Let it cool
      yes: Clean the filter
      no: Stop and call fitter
    no: Which noise? | Note the hours
      none: Oil level low? | Keep running
        yes: Refill the oil
        no: Keep running
      hum: Tighten the bolts
      knock: Replace the bearing
",
    },
    Decision {
        title: "Is it a good day to fish?",
        domain: "fishery",
        tree: "
Season open? | Mend the nets
  no: Other fish in season? | Mend the nets
    yes: Set lobster pots
    no: Mend the nets
  yes: Licence valid? | Renew the licence
    no: Renew the licence
    yes: Wind above 6? | Fish from the pier
      yes: River calm? | Stay ashore
        yes: Fish in the river
        no: Stay ashore
      no: Boat ready? | Fish from the pier
        no: Fish from the pier
        yes: Fog? | Fish in the bay
          yes: Wait for clear sight
          no: Tide? | Fish in the bay
            rising: Troll for mackerel
            high: Fish in the bay
            falling: Wait for slack water
",
    },
    Decision {
        title: "Does the patient need a doctor?",
        domain: "clinic",
        tree: "
Trouble breathing? | Ask the nurse
  yes: Lips blue? | Call an ambulance
    yes: Ambulance at once
    no: Doctor within the hour
  no: Fever above 39 °C? | Rest at home
    yes: More than three days? | Call the practice
      yes: See the doctor today
      no: Drink and rest
    no: Pain? | Rest at home
      none: Cough for two weeks? | Nothing to do
        yes: Make an appointment
        no: Nothing to do
      mild: Ask at the pharmacy
      strong: See the doctor tomorrow
",
    },
    Decision {
        title: "Who answers the letter?",
        domain: "townhall",
        tree: "
Addressed to a person? | Front office
  yes: Person on leave? | That person
    yes: Deputy
    no: The person named
  no: What about? | Front office
    taxes: Above 10,000? | Tax office
      yes: Head of the tax office
      no: Tax clerk
    building: In the old town? | Building office
      yes: Monument office
      no: Building office
    complaint: Answered before? | Complaints desk
      yes: Legal office
      no: Complaints desk
    other: In another language? | Front office
      yes: Translation service
      no: Front office
",
    },
    Decision {
        title: "Which tent pitch?",
        domain: "campsite",
        tree: "
Camper van? | Tent meadow
  yes: Longer than 7 m? | Standard pitch
    yes: Power needed? | Gravel row
      yes: Comfort pitch
      no: Gravel row
    no: Near the water? | Standard pitch
      yes: Lake row
      no: Standard pitch
  no: Children? | Tent meadow
    yes: Playground close by? | Family meadow
      yes: Family meadow
      no: Orchard
    no: Staying? | Tent meadow
      one night: Hikers' corner
      a weekend: Quiet wanted? | Tent meadow
        yes: Forest edge
        no: Tent meadow
      longer: Season pitch
",
    },
    Decision {
        title: "Should the match be played?",
        domain: "football",
        tree: "
Pitch frozen? | Play
  yes: Artificial turf free? | Call it off
    yes: Move to artificial turf
    no: Call it off
  no: Standing water? | Play
    yes: Rain stops by noon? | Postpone
      yes: Inspect again at noon
      no: Postpone
    no: Referee there? | Play
      no: Both teams agree? | Postpone
        yes: Find a replacement
        no: New date
      yes: Thunderstorm near? | Kick off
        yes: Wait 30 minutes
        no: Kick off
",
    },
];

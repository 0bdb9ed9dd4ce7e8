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
    Decision {
        title: "Which bread to bake?",
        domain: "bakery",
        tree: "
Starter ready? | White loaf
  yes: Rye flour in stock? | Country loaf
    yes: Customers want seeds? | Rye bread
      yes: Sunflower rye
      no: Rye bread
    no: Spelt delivered? | Country loaf
      yes: Spelt loaf
      no: Country loaf
  no: Time until opening? | White loaf
    1 hour: Oven hot? | Flat bread
      yes: Flat bread
      no: Soda bread
    3 hours: Butter left? | White loaf
      yes: Milk rolls
      no: White loaf
    a night: Yeast fresh? | Cold dough
      yes: Baguettes from cold dough
      no: Buy yeast first
",
    },
    Decision {
        title: "Is the parcel accepted?",
        domain: "post",
        tree: "
Address complete? | Ask the sender
  no: Sender present? | Put it aside
    yes: Complete the address
    no: Put it aside
  yes: Over 30 kg? | Accept the parcel
    yes: Freight service open? | Refuse the parcel
      yes: Send as freight
      no: Split into two
    no: Going abroad? | Accept the parcel
      yes: Customs form filled in? | Ask for the form
        yes: Value above 1,000? | Send by ship
          yes: Insured air parcel
          no: Send by ship
        no: Hand out the form
      no: Fragile? | Standard parcel
        yes: Padded well? | Mark as fragile
          yes: Mark as fragile
          no: Sell a padded box
        no: Urgent? | Standard parcel
          yes: Express by noon
          no: Standard parcel
",
    },
    Decision {
        title: "Which room for the guest?",
        domain: "hotel",
        tree: "
Room reserved? | Ask at the desk
  yes: Room clean? | Hand over the key
    yes: Regular guest? | Hand over the key
      yes: Free upgrade
      no: Hand over the key
    no: Luggage heavy? | Wait in the bar
      yes: Store the luggage
      no: Wait in the bar
  no: Rooms left? | Call another hotel
    no: Can wait until six? | Call another hotel
      yes: Waiting list
      no: Call another hotel
    yes: Travelling with? | Double room
      nobody: Desk needed? | Single room
        yes: Business room
        no: Single room
      a partner: Sea view wanted? | Double room
        yes: Front double room
        no: Garden double room
      children: More than two? | Family room
        yes: Two joined rooms
        no: Family room
      a dog: Ground floor room
",
    },
    Decision {
        title: "Should the field be watered?",
        domain: "farm",
        tree: "
Rain forecast? | Check the soil
  yes: More than 10 mm? | Wait a day
    yes: Drains clear? | Do not water
      yes: Leave it to the rain
      no: Clear the drains
    no: Seedlings in the field? | Wait a day
      yes: Water lightly
      no: Wait two days
  no: Soil dry at 20 cm? | Look again tomorrow
    no: Leaves hanging? | Look again tomorrow
      yes: Look for voles
      no: Look again tomorrow
    yes: Pond full? | Ask the neighbour
      yes: Wind above 4? | Sprinklers at night
        yes: Drip lines at night
        no: Sprinklers at night
      no: Well allowed? | Ask the neighbour
        yes: Crop? | Pump from the well
          potatoes: 25 mm from the well
          maize: 15 mm from the well
          wheat: Leave it dry
        no: Ask the neighbour
",
    },
    Decision {
        title: "Can the ship enter?",
        domain: "harbour",
        tree: "
Draught below 9 m? | Ask the pilot
  no: High water within 3 hours? | Anchor outside
    yes: Two tugs free? | Wait for the tide
      yes: Enter on the tide
      no: Wait for the tide
    no: Lighter barge free? | Anchor outside
      yes: Unload into barges
      no: Anchor outside
  yes: Wind above 8? | Send a pilot
    yes: Ferry or tanker? | Wait for calm
      yes: Stay at sea
      no: Wait for calm
    no: Berth? | Send a pilot
      free: Dangerous cargo? | Enter with a pilot
        yes: Fire boat alongside? | Hold at the buoy
          yes: Enter by day only
          no: Hold at the buoy
        no: Enter with a pilot
      in use: Leaving within the hour? | Anchor in the roads
        yes: Slow down
        no: Anchor in the roads
      closed: Send to next port
",
    },
    Decision {
        title: "Which bicycle fits?",
        domain: "bikes",
        tree: "
Mostly on roads? | Trekking bike
  yes: Over 20 km a day? | City bike
    yes: Sporty riding? | Touring bike
      yes: Racing bike
      no: Hills on the way? | Touring bike
        yes: Electric touring bike
        no: Touring bike
    no: Shopping to carry? | City bike
      yes: Children too? | Bike with basket
        yes: Cargo bike
        no: Bike with basket
      no: On the train daily? | City bike
        yes: Folding bike
        no: City bike
  no: Steep trails? | Gravel bike
    yes: Budget above 2,000? | Hardtail
      yes: Full suspension
      no: Hardtail
    no: Snow in winter? | Gravel bike
      yes: Fat tyre bike
      no: Gravel bike
",
    },
    Decision {
        title: "Replying to a review",
        domain: "restaurant",
        tree: "
Stars? | Thank the guest
  one or two: About the food? | Apologise
    yes: Seen by the kitchen? | Ask the chef
      yes: Offer a free dinner
      no: Ask the chef
    no: About the staff? | Apologise
      yes: Name given? | Speak to the team
        yes: Speak to the waiter
        no: Speak to the team
      no: True at all? | Apologise
        yes: Apologise in public
        no: Report the review
  three: Proposal made? | Thank for advice
    yes: Easy to change? | Note the proposal
      yes: Change and tell them
      no: Note the proposal
    no: Ask what was missing
  four or five: Regular guest? | Thank the guest
    yes: Invite to the tasting
    no: Photo posted? | Thank the guest
      yes: Share the photo
      no: Thank the guest
",
    },
    Decision {
        title: "Backing up a computer",
        domain: "electronics",
        tree: "
Any backup so far? | Copy to a disk
  yes: Older than a month? | Leave it
    yes: Last one complete? | Back up now
      yes: Add new files only
      no: Start a full backup
    no: Restore ever tried? | Leave it
      yes: Nothing to do
      no: Try one file
  no: Disk at hand? | Buy a disk
    yes: Bigger than the data? | Copy to a disk
      yes: Encrypted? | Copy everything
        yes: Copy everything
        no: Encrypt, then copy
      no: Copy documents only
    no: Fast line? | Buy a disk
      yes: Photos over 100 GB? | Use the cloud
        yes: Rent cloud space
        no: Free cloud space
      no: Friend with a disk? | Buy a disk
        yes: Borrow the disk
        no: Buy a disk
",
    },
    Decision {
        title: "Which insurance pays?",
        domain: "insurance",
        tree: "
Someone hurt? | Ask the agent
  yes: At work? | Health insurance
    yes: Work accident fund
    no: On the road? | Health insurance
      yes: Own fault? | Car liability
        yes: Own accident cover
        no: Other driver's insurer
      no: Health insurance
  no: What is damaged? | Ask the agent
    the car: Own fault? | Car insurance
      yes: Full cover taken? | Pay it yourself
        yes: Full car cover
        no: Pay it yourself
      no: Insurer of the other
    the house: Storm above 8? | House insurance
      yes: Storm cover
      no: Water pipe burst? | House insurance
        yes: Pipe cover
        no: House insurance
    things inside: Stolen? | Contents insurance
      yes: Police told? | Tell the police first
        yes: Contents insurance
        no: Tell the police first
      no: Value above 50? | Contents insurance
        yes: Send photos
        no: Below the excess
",
    },
    Decision {
        title: "Which sport to take up?",
        domain: "gym",
        tree: "
Knee trouble? | Try a free week
  yes: Likes water? | Gentle gymnastics
    yes: Can swim? | Water gymnastics
      yes: Swim twice a week
      no: Swimming lessons
    no: Likes company? | Cycling
      yes: Gentle gymnastics
      no: Exercise bike
  no: Aim? | Try a free week
    strength: Trained before? | Machines
      yes: Free weights
      no: Machines with trainer
    stamina: Runs 5 km already? | Walking group
      yes: Intervals on the track
      no: Walking group
    balance: Evenings free? | Yoga on Sunday
      yes: Yoga at seven
      no: Morning stretching
    fun: Team of friends? | Dance class
      yes: Volleyball
      no: Climbing allowed? | Dance class
        yes: Climbing wall
        no: Dance class
",
    },
    Decision {
        title: "Which permit is needed?",
        domain: "construction",
        tree: "
New building? | Ask the office
  yes: Over 50 square metres? | Small permit
    yes: Inside the town plan? | Full permit
      yes: Full permit
      no: Permit and hearing
    no: Heated? | No permit
      yes: Small permit
      no: Notice to neighbours
  no: Walls moved? | Ask the office
    yes: Bearing wall? | Notice is enough
      yes: Statics by engineer
      no: Notice is enough
    no: What changes? | Ask the office
      roof: Higher than before? | Roof notice
        yes: Roof permit
        no: Roof notice
      front: Listed house? | No permit at all
        yes: Monument permit
        no: Colour in the plan? | Free choice
          yes: Colour approval
          no: Free choice
      use: Shop planned? | Change of use
        yes: Trade permit too
        no: Change of use
",
    },
    Decision {
        title: "What to do with a find",
        domain: "museum",
        tree: "
Found on own land? | Leave it in place
  no: Owner known? | Report the find
    yes: Tell the owner
    no: Report the find
  yes: Older than 100 years? | Keep the find
    no: Worth over 500? | Keep the find
      yes: Lost property office
      no: Keep the find
    yes: Material? | Call the museum
      metal: Rusty? | Keep it dry
        yes: Do not clean it
        no: Coins? | Keep it dry
          yes: Count and photograph
          no: Wrap in paper
      pottery: In pieces? | Wrap in paper
        yes: Number the pieces
        no: Pack in sand
      bone: Human? | Call a zoologist
        yes: Call the police
        no: Call a zoologist
      wood: Still wet? | Call the museum
        yes: Keep it under water
        no: Call the museum
",
    },
    Decision {
        title: "Which seat to book?",
        domain: "theatre",
        tree: "
Concert or play? | Any seat left
  concert: Budget above 60? | Side balcony
    yes: See the pianist's hands? | Middle stalls
      yes: Left stalls, row 4
      no: Middle stalls
    no: Student card? | Side balcony
      yes: Standing room
      no: Side balcony
  play: With children? | Rear stalls
    yes: Under ten? | Front row
      yes: Front row with cushion
      no: Front balcony
    no: Wheelchair? | Rear stalls
      yes: Place beside row 8
      no: Long legs? | Rear stalls
        yes: Aisle seat
        no: Hard of hearing? | Rear stalls
          yes: Row 2
          no: Premiere? | Rear stalls
            yes: Box
            no: Rear stalls
",
    },
    Decision {
        title: "Is the honey ready?",
        domain: "beekeeping",
        tree: "
Cells capped? | Look in a week
  no: Flow over? | Look in a week
    yes: Water below 18 %? | Leave it to the bees
      yes: Take it today
      no: Leave it to the bees
    no: Second box full? | Look in a week
      yes: Add a third box
      no: Wait for the lime trees
  yes: More than two thirds? | Take some frames
    no: Rain tomorrow? | Take some frames
      yes: Take the full frames
      no: Come back on Friday
    yes: Mites counted? | Harvest
      no: Count first
      yes: More than five a day? | Harvest
        yes: Harvest, then treat
        no: Heather near? | Harvest
          yes: Move to the heath
          no: Harvest and feed
",
    },
    Decision {
        title: "Which ticket for the bus?",
        domain: "bus",
        tree: "
Under six? | Single ticket
  yes: Ride for free
  no: Rides a week? | Single ticket
    one: Back the same day? | Single ticket
      yes: In company? | Day ticket
        yes: Group day ticket
        no: Day ticket
      no: Short trip? | Single ticket
        yes: Short trip ticket
        no: Single ticket
    three: Phone with app? | Ten-trip card
      yes: Pay by app
      no: Ten-trip card
    daily: Student? | Monthly pass
      yes: Semester ticket
      no: Over 65? | Monthly pass
        yes: Senior pass
        no: Before nine too? | Monthly pass
          yes: All year? | Full monthly pass
            yes: Yearly pass
            no: Full monthly pass
          no: Off-peak pass
",
    },
    Decision {
        title: "Buy or mend?",
        domain: "volunteers",
        tree: "
Still under guarantee? | Ask the repair café
  yes: Receipt found? | Write to the maker
    yes: Bring to the shop
    no: Write to the maker
  no: What is it? | Ask the repair café
    a garment: Hole larger than a coin? | Mend it
      yes: Patch available? | Cut into rags
        yes: Sew on a patch
        no: Cut into rags
      no: Darn it
    a device: Battery inside? | Open it
      yes: Battery can be changed? | Recycling yard
        yes: New battery
        no: Recycling yard
      no: Plug intact? | Open it
        yes: Clean and test it
        no: New plug
    furniture: Solid wood? | Give it away
      yes: Glue and clamp
      no: Screw loose? | Give it away
        yes: Tighten it
        no: Give it away
",
    },
    Decision {
        title: "Which programme to wash?",
        domain: "household",
        tree: "
Label readable? | 30 °C
  no: White? | Gentle at 30 °C
    yes: Cotton? | Gentle at 30 °C
      yes: Cotton at 60 °C
      no: Gentle at 30 °C
    no: Hand wash cold
  yes: Fabric? | Mixed at 40 °C
    wool: Felted already? | Wool programme
      yes: Cold by hand
      no: Wool programme
    silk: Stain? | Silk programme
      yes: Dry cleaner
      no: Silk programme
    cotton: Very dirty? | Cotton at 40 °C
      yes: Coloured? | Boil wash
        yes: Soak, then 60 °C
        no: Boil wash
      no: In a hurry? | Cotton at 40 °C
        yes: Short at 30 °C
        no: Cotton at 40 °C
    sports wear: Membrane? | Sport programme
      yes: No softener
      no: Sport programme
",
    },
    Decision {
        title: "Is the animal taken in?",
        domain: "zoo",
        tree: "
Protected species? | Refer to a shelter
  yes: Papers in order? | Call the customs
    yes: Enclosure free? | Waiting list
      yes: Mate for ours? | Show enclosure
        yes: Breeding enclosure
        no: Show enclosure
      no: Partner zoo has room? | Waiting list
        yes: Send to partner zoo
        no: Waiting list
    no: Call the customs
  no: Injured? | Refer to a shelter
    yes: Wild? | Vet first
      yes: Can be released? | Wildlife station
        yes: Treat and release
        no: Wildlife station
      no: Owner pays? | Vet first
        yes: Vet, then back home
        no: Animal rescue
    no: Farm animal? | Refer to a shelter
      yes: Children's farm
      no: Refer to a shelter
",
    },
];

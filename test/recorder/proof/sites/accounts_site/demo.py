from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group


def fill():
    for number in range(8):
        Group.objects.create(name=f"Group {number}")
        get_user_model().objects.create_user(f"user{number}", f"user{number}@proof.example", "user")
